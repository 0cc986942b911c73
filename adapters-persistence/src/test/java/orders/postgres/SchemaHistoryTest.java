package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.stream.Stream;
import orders.application.port.StoreUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When a start may do without Flyway.
final class SchemaHistoryTest {
  private final DatabaseAddress address = TestDatabase.create();

  private boolean isCurrent() throws SQLException {
    try (Connection connection = TestDatabase.connect(address)) {
      return SchemaHistory.isCurrent(connection);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = TestDatabase.connect(address);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void migrate() {
    try (var database = new PostgresDatabase(PostgresStore.settings(address))) {
      database.migrate();
    }
  }

  @Test
  void itKnowsAllMigrationsThatThereAre() throws IOException, URISyntaxException {
    var directory = Objects.requireNonNull(SchemaHistory.class.getResource("migration"));
    try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(SchemaHistory.MIGRATIONS);
    }
  }

  @Test
  void anEmptyDatabaseIsNotCurrentAndAMigratedOneIs() throws SQLException {
    assertThat(isCurrent()).isFalse();
    migrate();
    assertThat(isCurrent()).isTrue();
  }

  @Test
  void flywayIsLeftOutWhereTheSchemaIsCurrent() throws SQLException {
    migrate();
    // Flyway would refuse the changed migration.
    execute("update flyway_schema_history set checksum = 0");

    assertThat(catchThrowable(this::migrate)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from flyway_schema_history",
        "delete from flyway_schema_history where version = '1'",
        "delete from flyway_schema_history where version = '2'",
        "update flyway_schema_history set success = false where version = '2'",
        "update flyway_schema_history set type = 'DELETE' where version = '2'"
      })
  void whateverIsMissingOrFailedIsForFlywayToJudge(String damage) throws SQLException {
    migrate();
    execute(damage);
    assertThat(isCurrent()).isFalse();
  }

  @Test
  void aNewerDatabaseIsCurrentUnlessItsMigrationFailed() throws SQLException {
    migrate();
    execute(
        """
        insert into flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        values (99, '99', 'later', 'SQL', 'V99__later.sql', 7, 'somebody', 1, true)
        """);
    assertThat(isCurrent()).isTrue();
    assertThat(catchThrowable(this::migrate)).isNull();

    execute("update flyway_schema_history set success = false where version = '99'");
    assertThat(isCurrent()).isFalse();
  }

  @Test
  void aFailedMigrationIsRefusedAsBefore() throws SQLException {
    migrate();
    execute("update flyway_schema_history set success = false where version = '2'");
    assertThat(catchThrowable(this::migrate)).isInstanceOf(StoreUnavailable.class);
  }

  /// Two applications in one database, whose migrations have the same numbers.
  @Test
  void theRecordOfAnotherApplicationIsNotTakenForOurs() throws SQLException {
    migrate();
    execute(
        """
        update flyway_schema_history
        set script = 'V' || version || '__theirs.sql', description = 'theirs', checksum = 1
        """);
    assertThat(isCurrent()).isFalse();
    assertThat(catchThrowable(this::migrate)).isInstanceOf(StoreUnavailable.class);
  }

  /// Flyway keeps its record in the first schema of the search path, and looks nowhere else.
  @Test
  void aRecordInAnotherSchemaOfTheSearchPathIsNotTakenForOurs() throws SQLException {
    migrate();
    execute("create schema " + "\"" + address.user() + "\"");
    assertThat(isCurrent()).isFalse();
  }
}

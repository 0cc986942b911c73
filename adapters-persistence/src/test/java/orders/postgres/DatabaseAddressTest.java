package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import orders.postgres.DatabaseAddress.SslMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseAddressTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          postgresql://u:p@db.example:6543/orders,          db.example, 6543, orders, u, p, PREFER
          postgres://u:p@db.example/orders,                 db.example, 5432, orders, u, p, PREFER
          postgresql://u@localhost/orders,                  localhost, 5432, orders, u, "", PREFER
          postgresql://u:@localhost/orders,                 localhost, 5432, orders, u, "", PREFER
          postgresql://u:p@orders_db/orders,                orders_db, 5432, orders, u, p, PREFER
          postgresql://u:p@10.0.0.7:1/orders,               10.0.0.7, 1, orders, u, p, PREFER
          postgresql://u:p@[::1]:5433/orders,               [::1], 5433, orders, u, p, PREFER
          postgresql://a%40b:p%2Fq%3A%25@h/my%20orders,     h, 5432, my orders, a@b, p/q:%, PREFER
          postgresql://u:p+q:r@h/o,                         h, 5432, o, u, p+q:r, PREFER
          postgresql://u:%C3%A9@h/o,                        h, 5432, o, u, é, PREFER
          postgresql://u:p@h/o?sslmode=disable,             h, 5432, o, u, p, DISABLE
          postgresql://u:p@h/o?sslmode=verify-full,         h, 5432, o, u, p, VERIFY_FULL
          """)
  void readsUrls(
      String url,
      String host,
      int port,
      String database,
      String user,
      String password,
      SslMode sslMode) {
    assertThat(DatabaseAddress.parse(url))
        .contains(new DatabaseAddress(host, port, database, user, password, sslMode));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "orders",
        "mysql://u:p@h/o",
        "jdbc:postgresql://u:p@h/o",
        "postgresql://h/o",
        "postgresql://:p@h/o",
        "postgresql://u:p@/o",
        "postgresql://u:p@h",
        "postgresql://u:p@h/",
        "postgresql://u:p@h/o/x",
        "postgresql://u:p@h:/o",
        "postgresql://u:p@h:0/o",
        "postgresql://u:p@h:65536/o",
        "postgresql://u:p@h:99999999999/o",
        "postgresql://u:p@h:-1/o",
        "postgresql://u:p@h1,h2/o",
        "postgresql://u:p@h:1,h:2/o",
        "postgresql://u:p@q@h/o",
        "postgresql://u:p%@h/o",
        "postgresql://u:p%zz@h/o",
        "postgresql://%20:p@h/o",
        "postgresql://u:p@h/%20",
        "postgresql://u:p@h/o#x",
        "postgresql://u:p@h/o?",
        "postgresql://u:p@h/o?sslmode=",
        "postgresql://u:p@h/o?sslmode=of-course",
        "postgresql://u:p@h/o?socketFactory=x",
        "postgresql://u:p@h/o?sslmode=require&x=y",
        " postgresql://u:p@h/o",
        "postgresql://u:p@h/o\n",
        "postgresql://u:p@h h/o"
      })
  void refusesEverythingElse(String url) {
    assertThat(DatabaseAddress.parse(url)).isEmpty();
  }

  @Test
  void neverPrintsThePassword() {
    var address = new DatabaseAddress("h", 1, "o", "u", "s3cr3t");

    assertThat(address.toString()).isEqualTo("u@h:1/o");
    assertThat(DatabaseSettings.of(address).toString()).doesNotContain("s3cr3t");
    assertThat(address.jdbcUrl()).doesNotContain("s3cr3t");
  }

  @Test
  void refusesWhatCannotBeAnAddress() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DatabaseAddress(" ", 1, "o", "u", ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DatabaseAddress("h", 0, "o", "u", ""));
  }
}

package orders.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import orders.application.port.Account;
import orders.application.port.Accounts;
import orders.application.port.EmailAddress;
import orders.application.port.PasswordHash;
import orders.application.port.Role;
import orders.domain.MerchantId;

/// The accounts of one database. Safe from any thread.
public final class PostgresAccounts implements Accounts {
  private static final String FIND =
      """
      select subject, email, role, merchant_id, password_hash
      from accounts
      where email = ?
      """;

  private static final String FIND_SUBJECT =
      """
      select subject, email, role, merchant_id, password_hash
      from accounts
      where subject = ?
      """;

  private static final String ADD =
      """
      insert into accounts (subject, email, role, merchant_id, password_hash)
      values (?, ?, ?, ?, ?)
      on conflict (email) do nothing
      returning subject
      """;

  private static final String PUT =
      """
      insert into accounts (subject, email, role, merchant_id, password_hash)
      values (?, ?, ?, ?, ?)
      on conflict (email) do update
      set role = excluded.role, merchant_id = excluded.merchant_id,
        password_hash = excluded.password_hash
      returning subject
      """;

  private final Statements reads;
  private final Statements writes;

  public PostgresAccounts(PostgresDatabase database) {
    this.reads = database.reads();
    this.writes = database.writes();
  }

  @Override
  public Optional<Account> find(EmailAddress email) {
    return reads
        .query(FIND, parameters -> parameters.text(email.value()), PostgresAccounts::account)
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Account> findSubject(String subject) {
    return reads
        .query(FIND_SUBJECT, parameters -> parameters.text(subject), PostgresAccounts::account)
        .stream()
        .findFirst();
  }

  @Override
  public boolean add(Account account) {
    return store(ADD, account);
  }

  @Override
  public void put(Account account) {
    var _ = store(PUT, account);
  }

  private boolean store(String sql, Account account) {
    return !writes
        .query(
            sql,
            parameters -> {
              parameters.text(account.subject());
              parameters.text(account.email().value());
              parameters.text(account.role().word());
              parameters.text(account.merchant().map(MerchantId::value).orElse(null));
              parameters.text(account.password().value());
            },
            row -> row.getString(1))
        .isEmpty();
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getString("subject"),
        new EmailAddress(row.getString("email")),
        Role.parse(row.getString("role")).orElseThrow(),
        Optional.ofNullable(row.getString("merchant_id")).map(MerchantId::new),
        new PasswordHash(row.getString("password_hash")));
  }
}

package orders.benchmarks.measure;

/// What was used, up to a moment or between two.
///
/// @param walBytes written by PostgreSQL to its log
/// @param walSyncs how often it made that durable
/// @param databaseSeconds of processor time, all of its processes included
/// @param serverSeconds of processor time, of the servers or of the control
/// @param driverSeconds of processor time, of this process
public record Spent(
    double walBytes,
    double walSyncs,
    double databaseSeconds,
    double serverSeconds,
    double driverSeconds) {
  public Spent since(Spent before) {
    return new Spent(
        walBytes - before.walBytes,
        walSyncs - before.walSyncs,
        databaseSeconds - before.databaseSeconds,
        serverSeconds - before.serverSeconds,
        driverSeconds - before.driverSeconds);
  }
}

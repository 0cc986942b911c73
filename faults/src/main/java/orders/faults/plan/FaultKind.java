package orders.faults.plan;

/// What can go wrong.
public enum FaultKind {
  /// A server is killed (SIGKILL), and started again.
  KILL_NODE,
  /// A server is asked to stop (SIGTERM), and started again.
  STOP_NODE,
  /// A server stands still for three leases (SIGSTOP), and goes on (SIGCONT).
  SLEEP_NODE,
  /// The wall clock of a server is an hour off, and then right again.
  MOVE_CLOCK,
  /// PostgreSQL is stopped at once (immediate), and started again.
  CRASH_DATABASE,
  /// A process that serves a connection of PostgreSQL is killed (SIGKILL).
  KILL_BACKEND,
  /// PostgreSQL ends half of its connections (pg_terminate_backend).
  TERMINATE_BACKENDS,
  /// What a server sends to PostgreSQL is done, and the answers are lost.
  LOSE_ANSWERS,
  /// All connections of a server to PostgreSQL are cut, and none gets through for a while.
  CUT_NETWORK,
  /// Nothing moves between a server and PostgreSQL for a while, and then all of it does.
  STALL_NETWORK,
  /// The disk of PostgreSQL is full, and then is not.
  FILL_DISK,
  /// A partner hangs up on everybody for a while.
  PARTNER_AWAY
}

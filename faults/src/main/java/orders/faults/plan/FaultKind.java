package orders.faults.plan;

/// What can go wrong.
public enum FaultKind {
  KILL_NODE("a server is killed (SIGKILL), and started again"),
  STOP_NODE("a server is asked to stop (SIGTERM), and started again"),
  SLEEP_NODE("a server stands still for three leases (SIGSTOP), and goes on (SIGCONT)"),
  MOVE_CLOCK("the wall clock of a server is an hour off, and then right again"),
  CRASH_DATABASE("PostgreSQL is stopped at once (immediate), and started again"),
  KILL_BACKEND("a process that serves a connection of PostgreSQL is killed (SIGKILL)"),
  TERMINATE_BACKENDS("PostgreSQL ends half of its connections (pg_terminate_backend)"),
  LOSE_ANSWERS("what a server sends to PostgreSQL is done, and the answers are lost"),
  CUT_NETWORK(
      "all connections of a server to PostgreSQL are cut, and none gets through for a while"),
  STALL_NETWORK(
      "nothing moves between a server and PostgreSQL for a while, and then all of it does"),
  FILL_DISK("the disk of PostgreSQL is full, and then is not"),
  PARTNER_AWAY("a partner hangs up on everybody for a while");

  private final String description;

  FaultKind(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }
}

package orders.postgres;

/// Is told of the commits that calls share. Called by the threads that write: it must be quick, and
/// must neither block nor throw.
public interface CommitMonitor {
  /// What is told of commits of one kind. Asked for once for each.
  Kind kind(String name);

  /// Writes of one kind.
  interface Kind {
    /// @param calls how many shared a commit that succeeded
    /// @param nanos what it took, from the first statement to the commit
    void committed(int calls, long nanos);
  }

  /// Forgets all it is told.
  CommitMonitor NONE = _ -> (_, _) -> {};
}

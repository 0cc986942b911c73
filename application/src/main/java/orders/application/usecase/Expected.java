package orders.application.usecase;

import java.util.Set;

/// At which of its versions an order is to be moved, as whoever asks has seen it.
public sealed interface Expected {
  boolean includes(long version);

  /// Whatever it is.
  record Any() implements Expected {
    @Override
    public boolean includes(long version) {
      return true;
    }
  }

  /// One of these.
  record OneOf(Set<Long> versions) implements Expected {
    public OneOf {
      versions = Set.copyOf(versions);
    }

    @Override
    public boolean includes(long version) {
      return versions.contains(version);
    }
  }
}

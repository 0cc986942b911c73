package orders.simulator;

/// What has become of a key for good; a key that was only ever put off has no state yet.
enum KeyState {
  /// Done, and not taken back.
  HELD,
  DECLINED,
  /// Done once, and taken back.
  UNDONE,
  /// Taken back before it arrived.
  TOMBSTONE
}

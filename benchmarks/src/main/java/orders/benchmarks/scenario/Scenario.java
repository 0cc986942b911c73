package orders.benchmarks.scenario;

/// Something that is measured in rounds.
interface Scenario {
  /// A paragraph of Markdown: what is measured, and how.
  String explanation();

  /// Measures all rounds and audits all orders.
  void run(Lab lab) throws Exception;
}

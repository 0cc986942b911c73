package orders.faults.promise;

/// What the server promises, in the words of its README.
public enum Promise {
  P1("Every acknowledged order exists exactly once, as it was sent"),
  P2("Every order ends in exactly one way; none stays behind"),
  P3("Histories follow legal moves only, numbered without gaps"),
  P4(
      "A partner sees one effective call per order and step, and what was begun in vain is"
          + " undone"),
  P5("An acknowledged order is readable at once, and no read goes backwards"),
  P6("One idempotency key is one order"),
  P7("Overload is refused early and clearly"),
  P8("SIGTERM finishes what runs, gives back what waits, and ends in time"),
  P9("No request gets a 5xx, however malformed");

  private final String text;

  Promise(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}

package orders.partners;

import java.time.Duration;
import java.util.Optional;
import orders.domain.PartnerReference;
import orders.domain.Reason;

/// What a partner's answer says, whatever it was asked.
sealed interface Answer {
  Reason NOT_OF_THE_PROTOCOL = Reason.of("answered something that is not of the protocol");

  record Done(PartnerReference reference) implements Answer {}

  record Declined(Reason reason) implements Answer {}

  record Undone() implements Answer {}

  record Refused(Reason reason) implements Answer {}

  record Wait(Duration delay) implements Answer {}

  /// @param notBefore how long the partner wants to be left alone, if it said so
  record WentWrong(Reason reason, Optional<Duration> notBefore) implements Answer {
    WentWrong(String reason) {
      this(Reason.of(reason), Optional.empty());
    }

    static WentWrong notOfTheProtocol() {
      return new WentWrong(NOT_OF_THE_PROTOCOL, Optional.empty());
    }
  }
}

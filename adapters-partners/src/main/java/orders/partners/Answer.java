package orders.partners;

import java.time.Duration;
import java.util.Optional;
import orders.application.port.Partner.Trouble;
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
  record WentWrong(Reason reason, Trouble trouble, Optional<Duration> notBefore) implements Answer {
    /// The partner, or what stands before it, has too much to do.
    static WentWrong busy(String reason, Optional<Duration> notBefore) {
      return new WentWrong(Reason.of(reason), Trouble.BUSY, notBefore);
    }

    /// Nobody answered, or nobody who knows the partner's mind.
    static WentWrong silence(String reason) {
      return new WentWrong(Reason.of(reason), Trouble.SILENCE, Optional.empty());
    }

    /// The partner answered, and not as it should.
    static WentWrong fault(String reason) {
      return new WentWrong(Reason.of(reason), Trouble.FAULT, Optional.empty());
    }

    static WentWrong notOfTheProtocol() {
      return new WentWrong(NOT_OF_THE_PROTOCOL, Trouble.FAULT, Optional.empty());
    }
  }
}

package orders.domain;

/// A partner's own number for a step it has done.
public record PartnerReference(String value) {
  public PartnerReference {
    Text.required("partner reference", value);
  }
}

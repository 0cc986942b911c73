package orders.http.wire;

/// Where questions about health and figures go, which are let in when no others are.
public final class HealthPaths {
  public static final String ALL = "/health";
  public static final String LIVE = "/health/live";
  public static final String READY = "/health/ready";
  public static final String METRICS = "/metrics";

  private HealthPaths() {}

  public static boolean include(String path) {
    return path.equals(ALL) || path.startsWith(ALL + "/") || path.equals(METRICS);
  }
}

package orders.http.jetty;

/// Is told of every answer.
///
/// Called by many threads for every request: it must be quick, and must neither block nor throw.
public interface RequestMonitor {
  /// What is told of a route's answers. To be asked for once for each route.
  ///
  /// @param template the path of the route with its parameters by name, never one that was sent
  Route route(String method, String template);

  /// For answers that no route gave: unknown paths, methods that a path does not have, and whatever
  /// never reached a route.
  ///
  /// @param method as it was sent, whatever it is
  Route noRoute(String method);

  /// The requests of one route.
  interface Route {
    /// @param nanos from the last byte of the head to the last one of the answer, or of a stream to
    ///   its beginning
    void answered(int status, long nanos);
  }

  /// Forgets all it is told.
  RequestMonitor NONE =
      new RequestMonitor() {
        @Override
        public Route route(String method, String template) {
          return (_, _) -> {};
        }

        @Override
        public Route noRoute(String method) {
          return (_, _) -> {};
        }
      };
}

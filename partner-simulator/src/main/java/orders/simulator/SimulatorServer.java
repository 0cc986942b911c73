package orders.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The partners behind HTTP, and what can be asked about them.
final class SimulatorServer implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;
  private static final int GRACE_SECONDS = 1;

  /// Connections that all workers of some servers may open at the same moment.
  private static final int BACKLOG = 4096;

  private static final Pattern AFTER = Pattern.compile("(?:after=([0-9]{1,18}))?");

  static {
    // Answers wait for no acknowledgement, and connections are kept longer than clients keep them,
    // however many there are. Heard only before the first server of the JVM is made.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.idleInterval", "300");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
  }

  private final Memory memory;
  private final CallReader reader;
  private final Map<Step, Partner> partners = new EnumMap<>(Step.class);
  private final HttpServer http;

  private SimulatorServer(SimulatorSettings settings, Memory memory, HttpServer http) {
    InstantSource clock = InstantSource.system();
    this.memory = memory;
    this.reader = new CallReader(settings.secret().map(secret -> new Signatures(secret, clock)));
    this.http = http;
    Decisions decisions = new Decisions(settings.seed());
    settings
        .behaviours()
        .forEach((step, behaviour) ->
            partners.put(step, new Partner(memory, decisions, clock, behaviour)));
  }

  /// @throws IOException if the journal cannot be opened, or nothing can be listened on
  static SimulatorServer start(SimulatorSettings settings) throws IOException {
    var address = new InetSocketAddress(settings.host(), settings.port());
    if (address.isUnresolved()) {
      throw new IOException("there is no host " + settings.host());
    }
    Memory memory = Memory.open(settings.journal(), InstantSource.system());
    try {
      HttpServer http = HttpServer.create(address, BACKLOG);
      SimulatorServer server = new SimulatorServer(settings, memory, http);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (IOException | RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  int port() {
    return http.getAddress().getPort();
  }

  private void handle(HttpExchange request) throws IOException {
    Response response;
    try {
      response = respond(request);
    } catch (BadRequest e) {
      response = Response.error(e.status(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      response = Response.error(500, "could not be remembered: " + e.getMessage());
    } catch (InterruptedException _) {
      response = new Response.None();
    }
    response.send(request);
  }

  private Response respond(HttpExchange request)
      throws BadRequest, IOException, InterruptedException {
    String[] path = request.getRequestURI().getRawPath().substring(1).split("/", -1);
    Optional<Partner> partner = Step.parse(path[0]).map(partners::get);
    if (partner.isPresent()) {
      return path.length == 2 && path[1].equals("behaviour")
          ? behaviour(request, partner.get())
          : call(request, partner.get(), path);
    }
    if (!request.getRequestMethod().equals("GET")) {
      throw new BadRequest(405, "only GET is known here");
    }
    return switch (String.join("/", path)) {
      case "health" -> Response.ok(Map.of("status", "up"));
      case "calls" -> Response.ok(data(memory.callsAfter(after(request))));
      case "ledger" -> Response.ok(Ledger.of(memory.all()));
      default -> ledgerOfOrder(path);
    };
  }

  private Response ledgerOfOrder(String[] path) throws BadRequest {
    if (path.length != 2 || !path[0].equals("ledger")) {
      throw new BadRequest(404, "there is no such path");
    }
    return Response.ok(data(Ledger.ofOrder(memory.ofOrder(path[1]))));
  }

  private static Map<String, List<?>> data(List<?> data) {
    return Map.of("data", data);
  }

  private Response call(HttpExchange request, Partner partner, String[] path)
      throws BadRequest, IOException, InterruptedException {
    if (partner.behaviour().down()) {
      return new Response.None();
    }
    if (path.length != 3) {
      throw new BadRequest(404, "a call has the path /step/order/round");
    }
    Step step = Step.parse(path[0]).orElseThrow();
    return partner.answer(reader.read(request, step, path[1], path[2], body(request)));
  }

  private static Response behaviour(HttpExchange request, Partner partner)
      throws BadRequest, IOException {
    return switch (request.getRequestMethod()) {
      case "GET" -> Response.ok(partner.behaviour());
      case "PUT" -> {
        partner.behave(partner.behaviour().with(Json.readObject(body(request))));
        yield Response.ok(partner.behaviour());
      }
      default -> throw new BadRequest(405, "only GET and PUT are known here");
    };
  }

  private static byte[] body(HttpExchange request) throws BadRequest, IOException {
    byte[] body = request.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw new BadRequest("the body must be at most " + MAX_BODY_BYTES + " bytes");
    }
    return body;
  }

  private static long after(HttpExchange request) throws BadRequest {
    String query = Objects.requireNonNullElse(request.getRequestURI().getRawQuery(), "");
    Matcher after = AFTER.matcher(query);
    if (!after.matches()) {
      throw new BadRequest("the query must be after=N, where N is the number of a call");
    }
    return Long.parseLong(Objects.requireNonNullElse(after.group(1), "0"));
  }

  /// Lets calls that are under way end, for a second.
  @Override
  public void close() throws IOException {
    http.stop(GRACE_SECONDS);
    memory.close();
  }
}

package orders.benchmarks.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.Javalin;
import java.util.UUID;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// HTTP alone: reads each `POST /orders` to its end and answers from memory, on virtual threads.
public final class MemoryProgram {
  private MemoryProgram() {}

  public static void main(String[] arguments) {
    Javalin server =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          VirtualThreadPool handlers = new VirtualThreadPool(0);
          QueuedThreadPool threads = new QueuedThreadPool(16);
          threads.setVirtualThreadsExecutor(handlers);
          config.jetty.threadPool = threads;
          config.routes.post(
              "/orders",
              context -> {
                byte[] body = context.bodyAsBytes();
                String id = new UUID(body.length, System.nanoTime()).toString();
                context
                    .status(201)
                    .header("Location", "/orders/" + id)
                    .contentType("application/json")
                    .result(("{\"id\":\"" + id + "\"}").getBytes(UTF_8));
              });
        });
    server.start("127.0.0.1", 0);
    System.out.println(server.port());
  }
}

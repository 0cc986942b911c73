package orders.bootstrap.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/// Writes the log to the standard output. Found by the library before anything is logged.
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  /// What a line is about, where that is known; in the order in which it is written.
  private static final List<String> ABOUT = List.of("request_id", "trace_id", "order_id");

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{0} [%thread] %msg"
          + ABOUT.stream().map(LogConfigurator::ifKnown).collect(Collectors.joining())
          + "%n";

  private static final Map<String, Level> LEVELS =
      Map.of(
          Logger.ROOT_LOGGER_NAME,
          Level.INFO,
          // Hikari and Flyway tell in many lines what one line of ours says.
          "com.zaxxer.hikari",
          Level.ERROR,
          "org.flywaydb",
          Level.WARN,
          "io.javalin",
          Level.WARN,
          "org.eclipse.jetty",
          Level.WARN,
          // These would quote what a client sent.
          "org.eclipse.jetty.util.HostPort",
          Level.ERROR,
          "org.eclipse.jetty.http.HttpParser",
          Level.ERROR,
          "io.zonky.test",
          Level.WARN,
          "io.micrometer",
          Level.WARN);

  private static String ifKnown(String key) {
    return "%%replace( %1$s=%%X{%1$s}){' %1$s=$', ''}".formatted(key);
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> stdout = new ConsoleAppender<>();
    stdout.setContext(context);
    stdout.setName("stdout");
    stdout.setEncoder(
        switch (LogFormat.inUse()) {
          case TEXT -> text(context);
          case JSON -> json(context);
        });
    stdout.start();
    LEVELS.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stdout);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    // With its arguments in their places, and not beside it.
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}

package orders.faults.clock;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Moves the wall clock of a JVM, as an administrator or a time service may move that of its machine.
///
/// All code outside the JDK that asks for the time is rewritten to ask here; what measures durations
/// goes on as on any machine. How far off the clock is, in milliseconds, stands in a file.
///
///     java -javaagent:faults-clock.jar=FILE …
public final class ClockAgent {
  private static final ClassDesc AGENT = ClassDesc.of(ClockAgent.class.getName());
  private static final Map<String, Set<String>> ASKED =
      Map.of(
          "java/lang/System", Set.of("currentTimeMillis"),
          "java/time/Instant", Set.of("now"),
          "java/time/Clock", Set.of("systemUTC", "systemDefaultZone"),
          "java/time/InstantSource", Set.of("system"));

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private static volatile long offMillis;

  private ClockAgent() {}

  /// Called by the JVM.
  public static void premain(String file, Instrumentation instrumentation) {
    Thread.ofPlatform().name("clock").daemon().start(() -> follow(Path.of(file)));
    instrumentation.addTransformer(new Transformer());
  }

  private static void follow(Path file) {
    while (true) {
      try {
        offMillis = Long.parseLong(Files.readString(file).strip());
      } catch (IOException | NumberFormatException _) {
        // Not there yet, or half written: the next look will tell.
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /// Instead of the method of [System].
  public static long currentTimeMillis() {
    return System.currentTimeMillis() + offMillis;
  }

  /// Instead of the method of [Instant].
  public static Instant now() {
    return Instant.now().plusMillis(offMillis);
  }

  /// Instead of the method of [Clock].
  public static Clock systemUTC() {
    return new MovedClock(Clock.systemUTC());
  }

  /// Instead of the method of [Clock].
  public static Clock systemDefaultZone() {
    return new MovedClock(Clock.system(ZoneId.systemDefault()));
  }

  /// Instead of the method of [InstantSource].
  public static InstantSource system() {
    return systemUTC();
  }

  private static final class MovedClock extends Clock {
    private final Clock right;

    MovedClock(Clock right) {
      this.right = right;
    }

    @Override
    public ZoneId getZone() {
      return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return new MovedClock(right.withZone(zone));
    }

    @Override
    public Instant instant() {
      return right.instant().plusMillis(offMillis);
    }
  }

  private static final class Transformer implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        String name,
        @Nullable Class<?> redefined,
        ProtectionDomain domain,
        byte[] bytes) {
      if (loader == null
          || loader.equals(ClassLoader.getPlatformClassLoader())
          || name.startsWith(ClockAgent.class.getName().replace('.', '/'))) {
        return null;
      }
      ClassFile classFile =
          ClassFile.of(
              ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(loader)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      ClassModel model = classFile.parse(bytes);
      return asksForTime(model) ? classFile.transformClass(model, rewriting()) : null;
    }

    private static boolean asksForTime(ClassModel model) {
      for (var entry : model.constantPool()) {
        if (entry instanceof MemberRefEntry method && isAsked(method)) {
          return true;
        }
      }
      return false;
    }

    private static boolean isAsked(MemberRefEntry method) {
      return ASKED
              .getOrDefault(method.owner().asInternalName(), Set.of())
              .contains(method.name().stringValue())
          && method.type().stringValue().startsWith("()");
    }

    private static ClassTransform rewriting() {
      return ClassTransform.transformingMethodBodies((code, element) -> {
        if (element instanceof InvokeInstruction call
            && call.opcode() == Opcode.INVOKESTATIC
            && isAsked(call.method())) {
          code.invokestatic(AGENT, call.name().stringValue(), call.typeSymbol());
        } else {
          code.with(element);
        }
      });
    }
  }
}

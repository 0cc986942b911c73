package orders.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orders.application.port.Partner;
import orders.application.port.Partner.Result;
import orders.application.port.Partner.Trouble;
import orders.application.port.Partner.Undo;
import orders.domain.Reason;
import orders.domain.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That the partner printed in the documentation is one, as it stands there.
final class DocumentedPartnerTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "partners.md");
  private static final Result.Declined TAKEN_BACK = new Result.Declined(Reason.of("taken back"));

  @TempDir private Path directory;
  private Optional<Process> running = Optional.empty();

  @BeforeEach
  void writeItDown() throws IOException, InterruptedException {
    assumeTrue(Files.exists(DOCUMENT), "the documentation is here");
    assumeTrue(hasPython(), "there is a Python 3");
    Matcher code =
        Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
    assertThat(code.find()).isTrue();
    Files.writeString(directory.resolve("partner.py"), code.group(1));
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (running.isPresent()) {
      running.get().destroyForcibly().waitFor();
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  /// Starts it, or starts it again.
  private PartnerAddress start() throws IOException, InterruptedException {
    stop();
    ProcessBuilder python =
        new ProcessBuilder("python3", "partner.py")
            .directory(directory.toFile())
            .redirectError(directory.resolve("log").toFile());
    python.environment().put("PORT", "0");
    python.environment().put("SECRET", "hush");
    Process process = python.start();
    running = Optional.of(process);
    BufferedReader output = process.inputReader();
    return PartnerAddress.parse(output.readLine().replace("Ready on ", "")).orElseThrow();
  }

  private static Partner partner(PartnerAddress address, String secret, Instant now) {
    return new HttpPartner(
        address,
        Optional.of(new SigningSecret(secret)),
        Duration.ofSeconds(30),
        InstantSource.fixed(now));
  }

  private static Partner.Call call(int number, int attempt) {
    return Calls.call(number, Step.PAYMENT, attempt, 1);
  }

  @Test
  void holdsToTheRules() throws Exception {
    Partner partner = partner(start(), "hush", Instant.now());
    Result done = partner.perform(call(1, 1));
    assertThat(done).isInstanceOf(Result.Done.class);
    assertThat(partner.perform(call(1, 2))).isEqualTo(done);
    assertThat(partner.perform(call(2, 1))).isInstanceOf(Result.Done.class).isNotEqualTo(done);

    assertThat(partner.undo(call(3, 1))).isEqualTo(new Undo.Undone());

    partner = partner(start(), "hush", Instant.now());
    assertThat(partner.perform(call(1, 3))).isEqualTo(done);
    assertThat(partner.perform(call(3, 1))).isEqualTo(TAKEN_BACK);
    assertThat(partner.undo(call(1, 1))).isEqualTo(new Undo.Undone());
    assertThat(partner.undo(call(1, 2))).isEqualTo(new Undo.Undone());
    assertThat(partner.perform(call(1, 4))).isEqualTo(TAKEN_BACK);
  }

  @Test
  void verifiesWhoIsAsking() throws Exception {
    PartnerAddress address = start();
    Instant now = Instant.now();
    Result refused = new Result.Retry(Reason.of("answered 401"), Trouble.FAULT);
    assertThat(partner(address, "psst", now).perform(call(1, 1))).isEqualTo(refused);
    assertThat(partner(address, "hush", now.minusSeconds(310)).perform(call(1, 1)))
        .isEqualTo(refused);
    assertThat(partner(address, "hush", now.plusSeconds(310)).perform(call(1, 1)))
        .isEqualTo(refused);
    Partner unsigned =
        new HttpPartner(address, Optional.empty(), Duration.ofSeconds(30), InstantSource.system());
    assertThat(unsigned.perform(call(1, 1))).isEqualTo(refused);
    assertThat(unsigned.undo(call(1, 1)))
        .isEqualTo(new Undo.Retry(Reason.of("answered 401"), Trouble.FAULT));
    assertThat(partner(address, "hush", now.minusSeconds(200)).perform(call(1, 1)))
        .isInstanceOf(Result.Done.class);
  }
}

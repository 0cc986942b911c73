package orders.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the system says of open files.
final class OpenFilesTest {
  @ParameterizedTest
  @CsvSource({
    "Max open files            1024                 524288               files, 1024",
    "Max open files            1073741816           1073741816           files, 2147483647",
    "Max open files            unlimited            unlimited            files, 2147483647",
    "Max processes             94000                94000                processes, 1024"
  })
  void isReadFromWhatLinuxLists(String line, int most) {
    assertThat(OpenFiles.most("Limit   Soft Limit   Hard Limit   Units\n" + line + "\n"))
        .isEqualTo(most);
  }
}

package dev.tollgate.reason;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of reasons is the registry, code for code. */
class ReasonDocTest {
  @Test
  void thePageListsEveryReasonWithItsRemedy() throws IOException {
    List<String> page =
        Files.readAllLines(Path.of("../docs/reasons.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.replaceFirst("^\\| (`[a-z_]+`) \\| .* \\| (yes|never) \\|", "$1 $2"))
            .toList();
    List<String> registry =
        Arrays.stream(ReasonCode.values())
            .map(
                reason ->
                    "`%s` %s %s |"
                        .formatted(
                            reason.code(), reason.observable() ? "yes" : "never", reason.remedy()))
            .toList();
    assertThat(page).isEqualTo(registry);
  }
}

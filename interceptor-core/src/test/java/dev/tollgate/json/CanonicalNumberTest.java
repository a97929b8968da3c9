package dev.tollgate.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8785 Appendix B, and Node's own {@code String(x)} as the oracle. */
class CanonicalNumberTest {

  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void printsTheNumbersOfAppendixB(String bits, String expected) {
    double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(new JsonValue.Num(value).canonical()).isEqualTo(expected);
  }

  @Test
  void printsTwentyThousandRandomDoublesAsNodeDoes() throws Exception {
    List<Double> numbers = numbers(new Random(8785));
    List<String> expected = node(numbers);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      String ours = CanonicalNumber.format(numbers.get(i));
      if (!ours.equals(expected.get(i))) {
        wrong.add(ours + " should be " + expected.get(i));
      }
    }
    assertThat(expected).hasSize(20_000);
    assertThat(wrong).isEmpty();
  }

  /** Raw bits, money, short decimals, powers of ten and of two, subnormals, and neighbours. */
  private static List<Double> numbers(Random random) {
    List<Double> numbers = new ArrayList<>();
    while (numbers.size() < 20_000) {
      double value =
          switch (numbers.size() % 6) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(100_000_000) / 100d;
            case 2 -> Double.parseDouble(random.nextInt(100) + "e" + (random.nextInt(640) - 330));
            case 3 -> Math.scalb(1d, random.nextInt(2000) - 1050);
            case 4 -> Double.longBitsToDouble(random.nextLong() & 0xfffffL);
            default -> Math.nextUp(Double.parseDouble("1e" + (random.nextInt(600) - 300)));
          };
      if (Double.isFinite(value)) {
        numbers.add(value);
      }
    }
    return numbers;
  }

  private static List<String> node(List<Double> numbers) throws IOException, InterruptedException {
    String script =
        "const b=require('fs').readFileSync(0);let o='';"
            + "for(let i=0;i<b.length;i+=8)o+=String(b.readDoubleBE(i))+'\\n';"
            + "process.stdout.write(o)";
    Process node = new ProcessBuilder("node", "-e", script).redirectErrorStream(true).start();
    try (OutputStream in = node.getOutputStream()) {
      java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(numbers.size() * 8);
      numbers.forEach(bytes::putDouble);
      in.write(bytes.array());
    }
    try (BufferedReader out =
        new BufferedReader(
            new java.io.InputStreamReader(node.getInputStream(), StandardCharsets.US_ASCII))) {
      List<String> lines = out.lines().toList();
      assertThat(node.waitFor()).isZero();
      return lines;
    }
  }
}

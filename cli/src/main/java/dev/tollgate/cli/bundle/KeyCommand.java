package dev.tollgate.cli.bundle;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.tollgate.json.Shown;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy bundle key}: a new key pair. */
@Command(
    name = "key",
    description = "Makes a key pair for bundles: the private part signs, the public one verifies.",
    mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "KID", description = "What the key is called, such as office-2026.")
  private String kid = "";

  @Option(names = "--out", required = true, description = "Where the private key goes; a new file.")
  private Path out = Path.of("");

  @Option(names = "--public", required = true, description = "Where the public key goes.")
  private Path publicOut = Path.of("");

  @Override
  public Integer call() throws IOException, JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID(kid).algorithm(JWSAlgorithm.ES256).generate();
    for (Path file : List.of(out, publicOut)) {
      if (Files.exists(file)) { // before the other one is written
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    // Never over another key, and never readable for a moment.
    Files.createFile(
        out, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(out, key.toJSONString(), StandardOpenOption.WRITE);
    Files.writeString(
        publicOut, key.toPublicJWK().toJSONString() + "\n", StandardOpenOption.CREATE_NEW);
    spec.commandLine()
        .getOut()
        .println(
            "private key in "
                + Shown.text(out.toString())
                + ", public key in "
                + Shown.text(publicOut.toString()));
    return 0;
  }
}

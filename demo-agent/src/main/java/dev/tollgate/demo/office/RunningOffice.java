package dev.tollgate.demo.office;

import dev.tollgate.demo.idp.AgentKey;
import dev.tollgate.demo.idp.AgentKeys;
import dev.tollgate.demo.idp.IdpAddress;
import dev.tollgate.demo.idp.IdpConfiguration;
import dev.tollgate.demo.idp.IdpFaults;
import dev.tollgate.demo.idp.ResourceClients;
import dev.tollgate.demo.idp.SubjectTokens;
import java.net.URI;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The office and its token server, listening on a free port of the loopback address. */
public final class RunningOffice implements AutoCloseable {
  // Named one by one: the agent's own starters on this class path must not start in the office.
  @ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    HttpEncodingAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    ServletWebSecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class
  })
  @Import({IdpConfiguration.class, OfficeConfiguration.class})
  private static final class Parts {}

  private final ConfigurableApplicationContext context;

  private RunningOffice(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts it; each start has new keys, new secrets and the same contents. */
  public static RunningOffice start() {
    return new RunningOffice(
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.SERVLET)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            // As arguments, which no configuration file can override.
            .run(
                "--server.address=127.0.0.1", "--server.port=0", "--server.servlet.context-path="));
  }

  /** The address of {@code path}, for example {@code /office/mail/inbox}. */
  public URI uri(String path) {
    return idp().issuer().resolve(path);
  }

  public IdpAddress idp() {
    return context.getBean(IdpAddress.class);
  }

  public AgentKey agentKey() {
    return context.getBean(AgentKey.class);
  }

  /** The keys of all agents that the token server knows. */
  public AgentKeys agentKeys() {
    return context.getBean(AgentKeys.class);
  }

  /** Who may ask the token server about tokens. */
  public ResourceClients resourceClients() {
    return context.getBean(ResourceClients.class);
  }

  public OfficeVisitor visitor() {
    return context.getBean(OfficeVisitor.class);
  }

  public SubjectTokens subjectTokens() {
    return context.getBean(SubjectTokens.class);
  }

  public IdpFaults faults() {
    return context.getBean(IdpFaults.class);
  }

  public OfficeAccessLog accessLog() {
    return context.getBean(OfficeAccessLog.class);
  }

  public Mailbox mailbox() {
    return context.getBean(Mailbox.class);
  }

  public FileShelf files() {
    return context.getBean(FileShelf.class);
  }

  public BankAccount account() {
    return context.getBean(BankAccount.class);
  }

  @Override
  public void close() {
    context.close();
  }
}

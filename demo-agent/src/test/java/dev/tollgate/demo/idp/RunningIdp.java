package dev.tollgate.demo.idp;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/** The token server alone, and what it issued. */
public final class RunningIdp implements AutoCloseable {
  @ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    ServletWebSecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class
  })
  @Import({IdpConfiguration.class, Recorder.class})
  private static final class Parts {}

  private final ConfigurableApplicationContext context =
      new SpringApplicationBuilder(Parts.class)
          .web(WebApplicationType.SERVLET)
          .bannerMode(Banner.Mode.OFF)
          .logStartupInfo(false)
          .run("--server.address=127.0.0.1", "--server.port=0", "--server.servlet.context-path=");

  public <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  public IdpAddress address() {
    return part(IdpAddress.class);
  }

  /** What was issued by this grant so far, in order. */
  List<OAuth2Authorization> issued(AuthorizationGrantType grant) {
    return part(Recorder.class).issued.stream()
        .filter(one -> one.getAuthorizationGrantType().equals(grant))
        .toList();
  }

  /** Whether the server holds this token to be alive. */
  boolean isActive(OAuth2Authorization issued) {
    OAuth2Authorization now = part(OAuth2AuthorizationService.class).findById(issued.getId());
    return now != null && now.getAccessToken() != null && now.getAccessToken().isActive();
  }

  /** Sends a form to the token endpoint as an agent. */
  HTTPResponse ask(AgentKey agent, Map<String, String> form) throws Exception {
    var proof =
        new PrivateKeyJWT(
            new ClientID(agent.clientId()),
            address().tokenEndpoint(),
            JWSAlgorithm.ES256,
            agent.jwk().toPrivateKey(),
            agent.jwk().getKeyID(),
            null);
    Map<String, List<String>> body = new LinkedHashMap<>(proof.toParameters());
    form.forEach((name, value) -> body.put(name, List.of(value)));
    body.put("client_id", List.of(agent.clientId()));
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, address().tokenEndpoint());
    request.setContentType("application/x-www-form-urlencoded");
    request.setBody(URLUtils.serializeParameters(body));
    return request.send();
  }

  /** What the server says about a token to one of those who may ask. */
  Map<String, Object> introspect(String asker, String token) throws Exception {
    return new TokenIntrospectionRequest(
            address().introspectionEndpoint(),
            part(ResourceClients.class).authentication(asker),
            new BearerAccessToken(token))
        .toHTTPRequest()
        .send()
        .getBodyAsJSONObject();
  }

  @Override
  public void close() {
    context.close();
  }

  /** Wraps the server's store. */
  static final class Recorder implements BeanPostProcessor {
    private final List<OAuth2Authorization> issued = new CopyOnWriteArrayList<>();

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof Authorizations store ? recording(store) : bean;
    }

    private OAuth2AuthorizationService recording(OAuth2AuthorizationService store) {
      return new OAuth2AuthorizationService() {
        @Override
        public void save(OAuth2Authorization authorization) {
          if (store.findById(authorization.getId()) == null) {
            issued.add(authorization);
          }
          store.save(authorization);
        }

        @Override
        public void remove(OAuth2Authorization authorization) {
          store.remove(authorization);
        }

        @Override
        public @Nullable OAuth2Authorization findById(String id) {
          return store.findById(id);
        }

        @Override
        public @Nullable OAuth2Authorization findByToken(
            String token, @Nullable OAuth2TokenType type) {
          return store.findByToken(token, type);
        }
      };
    }
  }
}

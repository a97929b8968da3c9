package dev.tollgate.springai.weave;

import dev.tollgate.springai.WovenClients;
import org.aspectj.lang.annotation.SuppressAjWarnings;
import org.springframework.ai.chat.client.ChatClient;

/** Every chat client, whoever makes it: without a task its calls would all be denied. */
public final aspect ClientBuilds {
  @SuppressAjWarnings("adviceDidNotMatch")
  before(ChatClient.Builder builder):
      execution(ChatClient ChatClient.Builder+.build()) && this(builder) {
    WovenClients.built(builder);
  }
}

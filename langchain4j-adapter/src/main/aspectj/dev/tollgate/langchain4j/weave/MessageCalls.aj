package dev.tollgate.langchain4j.weave;

import dev.tollgate.langchain4j.WovenMessages;
import io.a2a.client.AbstractClient;
import io.a2a.client.transport.spi.interceptors.ClientCallContext;
import io.a2a.spec.Message;
import java.util.List;
import java.util.function.Consumer;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * The one place where LangChain4j sends a message to an agent elsewhere. Its own call has no room
 * for headers; the client's call with four arguments has.
 */
public final aspect MessageCalls {
  pointcut sent(Object from, AbstractClient client, Message message, List consumers, Consumer failed):
      call(void AbstractClient+.sendMessage(Message, List, Consumer))
      && within(dev.langchain4j.agentic.a2a..*)
      && this(from) && target(client) && args(message, consumers, failed);

  @SuppressAjWarnings("adviceDidNotMatch")
  void around(Object from, AbstractClient client, Message message, List consumers, Consumer failed):
      sent(from, client, message, consumers, failed) {
    WovenMessages.send(from, client, message, new Sending() {
      @Override
      public void with(Message decided, ClientCallContext context) throws Exception {
        client.sendMessage(decided, consumers, failed, context);
      }
    });
  }
}

package dev.tollgate.springai;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import reactor.core.publisher.Flux;

/** Captures in clients made by hand, which may be older than the container and its gate. */
final class WovenIntentAdvisor implements CallAdvisor, StreamAdvisor, PriorityOrdered {
  @Override
  public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
    IntentAdvisor intents = WovenIntents.current();
    return intents == null ? chain.nextCall(request) : intents.adviseCall(request, chain);
  }

  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    IntentAdvisor intents = WovenIntents.current();
    return intents == null ? chain.nextStream(request) : intents.adviseStream(request, chain);
  }

  @Override
  public String getName() {
    return "tollgate-woven-intent";
  }

  /** After the one that an application has asked for, whose task is then continued. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 1;
  }
}

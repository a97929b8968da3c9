package dev.tollgate.springai;

import dev.tollgate.springai.task.CarriedTask;
import dev.tollgate.springai.task.ReactiveTask;
import dev.tollgate.task.Task;
import io.opentelemetry.context.Scope;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * Carries the task on the thread while a model of a stream puts its request together, on whichever
 * thread that is: only there can the list of tools be made for the task.
 */
final class StreamedTask implements StreamAdvisor {

  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    return new Carrying(chain.nextStream(request));
  }

  @Override
  public String getName() {
    return "tollgate-streamed-task";
  }

  /** After all others, and before the model. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 1;
  }

  private static final class Carrying extends Flux<ChatClientResponse> {
    private final Flux<ChatClientResponse> answers;

    Carrying(Flux<ChatClientResponse> answers) {
      this.answers = answers;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ChatClientResponse> subscriber) {
      Task task = ReactiveTask.in(subscriber.currentContext());
      if (task == null) {
        answers.subscribe(subscriber);
        return;
      }
      try (Scope carried = CarriedTask.put(task)) {
        answers.subscribe(subscriber);
      }
    }
  }
}

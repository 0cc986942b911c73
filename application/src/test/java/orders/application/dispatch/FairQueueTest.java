package orders.application.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FairQueueTest {
  private final FairQueue<String, Integer> queue = new FairQueue<>();

  private List<Integer> pollAll() {
    List<Integer> polled = new ArrayList<>();
    for (Integer next = queue.poll(); next != null; next = queue.poll()) {
      polled.add(next);
    }
    return polled;
  }

  @Test
  void partiesTakeTurnsHoweverManyThingsOneOfThemHas() {
    for (int i = 1; i <= 5; i++) {
      queue.add("much", i);
    }
    queue.add("little", 100);
    queue.add("some", 200);
    queue.add("some", 201);
    assertThat(pollAll()).containsExactly(1, 100, 200, 2, 201, 3, 4, 5);
  }

  @Test
  void aPartyThatComesBackQueuesBehindTheOthers() {
    queue.add("a", 1);
    queue.add("b", 2);
    queue.add("b", 3);
    assertThat(queue.poll()).isEqualTo(1);
    queue.add("a", 4);
    assertThat(pollAll()).containsExactly(2, 4, 3);
  }

  @Test
  void whatIsTakenOutHasNoTurn() {
    queue.add("a", 1);
    queue.add("a", 2);
    queue.add("b", 3);
    assertThat(queue.remove("a", 1)).isTrue();
    assertThat(queue.remove("a", 1)).isFalse();
    assertThat(queue.remove("b", 3)).isTrue();
    assertThat(queue.remove("nobody", 3)).isFalse();
    assertThat(pollAll()).containsExactly(2);
    assertThat(queue.isEmpty()).isTrue();
  }
}

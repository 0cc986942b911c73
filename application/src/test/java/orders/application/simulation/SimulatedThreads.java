package orders.application.simulation;

import java.util.random.RandomGenerator;
import orders.application.port.Threads;

/// What a simulated node takes for its machine.
final class SimulatedThreads implements Threads {
  private final Simulator simulator;
  private final Simulator.Host host;

  SimulatedThreads(Simulator simulator, Simulator.Host host) {
    this.simulator = simulator;
    this.host = host;
  }

  @Override
  public long nanoTime() {
    return simulator.nanoTime();
  }

  @Override
  public RandomGenerator random() {
    return simulator.random();
  }

  @Override
  public Task start(String name, Runnable work) {
    return simulator.start(host, work);
  }

  @Override
  public Task startService(String name, Runnable work) {
    return simulator.start(host, work);
  }

  @Override
  public Task current() {
    return simulator.runningTask();
  }

  @Override
  public Monitor monitor() {
    return new Simulator.SimulatedMonitor(simulator);
  }
}

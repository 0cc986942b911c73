package orders.http.jetty;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Retainable;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;

/// Gives every connection memory of its own to read requests into; what is written comes from the
/// pool as ever.
///
/// When a request is refused before it has come to its end, Jetty (12.1.12 to 12.1.14, see its
/// issue 12939) may give the memory that it was read into back twice. From the pool two connections
/// would then get the same, and about one client in 200,000 got what another one had sent, in place
/// of an answer.
final class RequestBuffers extends ByteBufferPool.Wrapper {
  RequestBuffers(ByteBufferPool pool) {
    super(pool);
  }

  /// @param direct which requests are not to be read into, see [OrdersConnector]
  @Override
  public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
    return direct
        ? super.acquire(size, true)
        : new RetainableByteBuffer.FixedCapacity(BufferUtil.allocate(size), new Holders());
  }

  /// Counts who still needs the memory; once nobody does, it is left to the garbage collector.
  private static final class Holders implements Retainable {
    private final AtomicInteger count = new AtomicInteger(1);

    @Override
    public boolean canRetain() {
      return true;
    }

    @Override
    public boolean isRetained() {
      return count.get() > 1;
    }

    @Override
    public void retain() {
      count.incrementAndGet();
    }

    /// Once too often does no harm.
    @Override
    public boolean release() {
      return count.updateAndGet(holders -> Math.max(holders - 1, 0)) == 0;
    }

    @Override
    public int getRetained() {
      return count.get();
    }
  }
}

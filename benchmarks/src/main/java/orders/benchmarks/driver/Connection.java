package orders.benchmarks.driver;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// One connection that is kept, with at most one request under way. Not safe for several threads.
final class Connection {
  private final SocketChannel channel;
  private final AnswerParser parser = new AnswerParser();
  private final SelectionKey key;

  /// When its request was to be sent.
  private long intended;

  private Connection(SocketChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  static Connection open(InetSocketAddress address, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    return new Connection(channel, selector);
  }

  /// @param request all of it, to be used by nobody else; smaller than any socket's buffer
  void send(ByteBuffer request, long intended) throws IOException {
    this.intended = intended;
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  /// @param buffer whatever is in it
  /// @return whether the answer is complete
  boolean receive(ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new EOFException("the server closed a connection");
    }
    return parser.take(buffer.flip());
  }

  AnswerParser answer() {
    return parser;
  }

  long intended() {
    return intended;
  }

  void close() throws IOException {
    key.cancel();
    channel.close();
  }
}

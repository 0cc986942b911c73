package orders.benchmarks.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads answers of HTTP/1.1, one after the other, however they are cut into reads.
///
/// Only as much as is needed: the status, where the body ends, and the id in `Location`. Answers
/// must have a `Content-Length`. Not safe for several threads.
final class AnswerParser {
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(US_ASCII);
  private static final byte[] LOCATION = "location:".getBytes(US_ASCII);
  private static final int UUID_LENGTH = 36;
  private static final int UNKNOWN = -1;

  private byte[] bytes = new byte[2048];
  private int size;

  /// Up to where there is no end of the head.
  private int searched;

  private int headEnd = UNKNOWN;
  private int end = UNKNOWN;
  private int status;
  private long idHigh;
  private long idLow;

  /// Takes all of `read`.
  ///
  /// @return whether an answer is complete; it can be asked about until the next call
  /// @throws IllegalStateException if it is no such answer, or more than one
  boolean take(ByteBuffer read) {
    if (size == end) {
      forget();
    }
    append(read);
    if (headEnd == UNKNOWN && findEndOfHead()) {
      readHead();
    }
    if (end != UNKNOWN && size > end) {
      throw new IllegalStateException("more was answered than was asked for");
    }
    return size == end;
  }

  int status() {
    return status;
  }

  /// Whether the answer names an order.
  boolean hasId() {
    return idHigh != 0;
  }

  long idHigh() {
    return idHigh;
  }

  long idLow() {
    return idLow;
  }

  private void forget() {
    size = 0;
    searched = 0;
    headEnd = UNKNOWN;
    end = UNKNOWN;
    status = 0;
    idHigh = 0;
    idLow = 0;
  }

  private void append(ByteBuffer read) {
    int more = read.remaining();
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
    read.get(bytes, size, more);
    size += more;
  }

  private boolean findEndOfHead() {
    for (int i = Math.max(searched, 3); i < size; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        headEnd = i + 1;
        return true;
      }
    }
    searched = size;
    return false;
  }

  private void readHead() {
    status = Math.toIntExact(number(STATUS_AT));
    int length = UNKNOWN;
    for (int i = STATUS_AT; i < headEnd; i++) {
      if (bytes[i] != '\n') {
        continue;
      }
      if (startsWith(i + 1, CONTENT_LENGTH)) {
        length = Math.toIntExact(number(afterSpaces(i + 1 + CONTENT_LENGTH.length)));
      } else if (startsWith(i + 1, LOCATION)) {
        readId(i + 1 + LOCATION.length);
      }
    }
    if (length == UNKNOWN) {
      throw new IllegalStateException("an answer without Content-Length");
    }
    end = headEnd + length;
  }

  /// @param name in lower case
  private boolean startsWith(int at, byte[] name) {
    if (at + name.length > headEnd) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      int lower = bytes[at + i] >= 'A' && bytes[at + i] <= 'Z' ? bytes[at + i] + 32 : bytes[at + i];
      if (lower != name[i]) {
        return false;
      }
    }
    return true;
  }

  private int afterSpaces(int at) {
    int i = at;
    while (bytes[i] == ' ') {
      i++;
    }
    return i;
  }

  private long number(int at) {
    long number = 0;
    int i = at;
    for (; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    if (i == at) {
      throw new IllegalStateException("there should be a number in the head of an answer");
    }
    return number;
  }

  /// The last 36 characters of the line.
  private void readId(int from) {
    int lineEnd = from;
    while (bytes[lineEnd] != '\r') {
      lineEnd++;
    }
    long high = 0;
    long low = 0;
    int digits = 0;
    for (int i = Math.max(from, lineEnd - UUID_LENGTH); i < lineEnd; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        continue;
      }
      if (digits++ < 16) {
        high = high << 4 | digit;
      } else {
        low = low << 4 | digit;
      }
    }
    idHigh = high;
    idLow = low;
  }
}

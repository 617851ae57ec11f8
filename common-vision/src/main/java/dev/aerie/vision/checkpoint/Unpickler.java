package dev.aerie.vision.checkpoint;

import dev.aerie.vision.checkpoint.Pickled.Mapping;
import dev.aerie.vision.checkpoint.Pickled.Other;
import dev.aerie.vision.checkpoint.Pickled.Sequence;
import dev.aerie.vision.checkpoint.Pickled.Text;
import dev.aerie.vision.checkpoint.Pickled.Whole;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Python's pickle machine, cut down to what `torch.save` writes for tensors. It runs no code: names of functions are
/// compared with a short list ([Rebuild]), and any other name or instruction ends the reading.
///
/// Source: `pickletools.py` of CPython, protocols 2 to 4.
final class Unpickler {

    private final ByteBuffer in;
    private final ArrayList<Pickled> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, Pickled> memo = new HashMap<>();

    private Unpickler(ByteBuffer in) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The value that `pickle` describes; throws [CheckpointException] where it is torn or more than tensors.
    static Pickled read(ByteBuffer pickle) throws CheckpointException {
        var unpickler = new Unpickler(pickle.slice());
        try {
            while (true) {
                int at = unpickler.in.position();
                int instruction = unpickler.in.get() & 0xFF;
                if (instruction == '.') {
                    return unpickler.pop();
                }
                unpickler.step(instruction, at);
            }
        } catch (BufferUnderflowException e) {
            throw new CheckpointException("the list of tensors is cut short", e);
        }
    }

    private void step(int instruction, int at) throws CheckpointException {
        switch (instruction) {
            case 0x80 -> in.get(); // PROTO
            case 0x95 -> in.getLong(); // FRAME
            case '(' -> marks.push(stack.size());
            case '0' -> pop();
            case '}' -> push(new Mapping(new LinkedHashMap<>()));
            case ']' -> push(new Sequence(new ArrayList<>()));
            case ')' -> push(new Sequence(List.of()));
            case 't' -> push(new Sequence(popMarked()));
            case 0x85, 0x86, 0x87 -> push(new Sequence(popLast(instruction - 0x84)));
            case 'a' -> append(popLast(1));
            case 'e' -> append(popMarked());
            case 's' -> put(popLast(2));
            case 'u' -> put(popMarked());
            case 'c' -> push(Rebuild.global(line(), line()));
            case 0x93 -> stackGlobal();
            case 'R' -> call();
            case 'b' -> pop(); // BUILD: attributes of a dictionary, which no tensor needs
            case 'Q' -> push(Rebuild.storage(pop()));
            default -> scalarOrMemo(instruction, at);
        }
    }

    private void scalarOrMemo(int instruction, int at) throws CheckpointException {
        switch (instruction) {
            case 'N' -> push(new Other("None"));
            case 0x88, 0x89 -> push(new Other("a truth value"));
            case 'G' -> push(new Other("the number " + Double.longBitsToDouble(Long.reverseBytes(in.getLong()))));
            case 'K' -> push(new Whole(in.get() & 0xFF));
            case 'M' -> push(new Whole(in.getShort() & 0xFFFF));
            case 'J' -> push(new Whole(in.getInt()));
            case 0x8A -> push(longNumber());
            case 'X' -> push(text(in.getInt()));
            case 0x8C -> push(text(in.get() & 0xFF));
            case 'q' -> memo.put(in.get() & 0xFF, peek());
            case 'r' -> memo.put(in.getInt(), peek());
            case 0x94 -> memo.put(memo.size(), peek());
            case 'h' -> push(recall(in.get() & 0xFF));
            case 'j' -> push(recall(in.getInt()));
            default ->
                throw new CheckpointException(
                        "the list of tensors has instruction 0x%02x at %d: refused".formatted(instruction, at));
        }
    }

    private void stackGlobal() throws CheckpointException {
        List<Pickled> names = popLast(2);
        if (!(names.get(0) instanceof Text(String module)) || !(names.get(1) instanceof Text(String name))) {
            throw new CheckpointException(
                    "the file names a function by " + names.get(1).describe());
        }
        push(Rebuild.global(module, name));
    }

    private void call() throws CheckpointException {
        Pickled arguments = pop();
        push(Rebuild.call(pop(), arguments));
    }

    private void append(List<Pickled> items) throws CheckpointException {
        if (!(peek() instanceof Sequence(ArrayList<Pickled> list))) {
            throw new CheckpointException("the file appends to " + peek().describe());
        }
        list.addAll(items);
    }

    private void put(List<Pickled> keysAndValues) throws CheckpointException {
        if (!(peek() instanceof Mapping(Map<String, Pickled> mapping)) || keysAndValues.size() % 2 != 0) {
            throw new CheckpointException(
                    "the file puts " + keysAndValues.size() + " values into " + peek().describe());
        }
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            if (keysAndValues.get(i) instanceof Text(String key)) {
                mapping.put(key, keysAndValues.get(i + 1));
            }
        }
    }

    private Whole longNumber() throws CheckpointException {
        int length = in.get() & 0xFF;
        if (length > Long.BYTES) {
            throw new CheckpointException("a number of " + length + " bytes");
        }
        byte[] bytes = new byte[length + 1];
        for (int i = length; i > 0; i--) {
            bytes[i] = in.get();
        }
        bytes[0] = (byte) (length > 0 && bytes[1] < 0 ? -1 : 0);
        return new Whole(new BigInteger(bytes).longValue());
    }

    private Text text(int length) throws CheckpointException {
        if (length < 0 || length > in.remaining()) {
            throw new CheckpointException("the list of tensors is cut short inside a text");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new Text(new String(bytes, StandardCharsets.UTF_8));
    }

    private String line() {
        var line = new StringBuilder();
        for (byte letter = in.get(); letter != '\n'; letter = in.get()) {
            line.append((char) (letter & 0xFF));
        }
        return line.toString();
    }

    private Pickled recall(int index) throws CheckpointException {
        Pickled known = memo.get(index);
        if (known == null) {
            throw new CheckpointException("the list of tensors recalls " + index + ", which it never stored");
        }
        return known;
    }

    private void push(Pickled value) {
        stack.add(value);
    }

    private Pickled pop() throws CheckpointException {
        return popLast(1).getFirst();
    }

    private Pickled peek() throws CheckpointException {
        if (stack.isEmpty()) {
            throw new CheckpointException("the list of tensors is torn: nothing on its stack");
        }
        return stack.getLast();
    }

    private List<Pickled> popMarked() throws CheckpointException {
        if (marks.isEmpty() || marks.peek() > stack.size()) {
            throw new CheckpointException("the list of tensors is torn: no mark on its stack");
        }
        return popLast(stack.size() - marks.pop());
    }

    private List<Pickled> popLast(int count) throws CheckpointException {
        if (stack.size() < count) {
            throw new CheckpointException(
                    "the list of tensors is torn: %d values wanted, %d on its stack".formatted(count, stack.size()));
        }
        List<Pickled> tail = stack.subList(stack.size() - count, stack.size());
        var popped = List.copyOf(tail);
        tail.clear();
        return popped;
    }
}

package dev.aerie.vision.checkpoint;

import dev.aerie.vision.checkpoint.Pickled.Mapping;
import dev.aerie.vision.checkpoint.Pickled.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// A PyTorch checkpoint (`torch.save`, since PyTorch 1.6): a zip with a list of tensors, pickled, and one record of
/// bytes per storage.
public final class Checkpoint implements TensorFile {

    private static final String LIST = "/data.pkl";
    private static final long MAX_LIST_BYTES = 64L << 20;

    private final ZipFile zip;
    private final String root;
    private final Map<String, StoredTensor> tensors;

    /// The storage read last, as many tensors may be views into one.
    private String lastStorage = "";

    private byte[] lastBytes = {};

    private Checkpoint(ZipFile zip, String root, Map<String, StoredTensor> tensors) {
        this.zip = zip;
        this.root = root;
        this.tensors = tensors;
    }

    /// Opens `file` and reads its list of tensors: those of the dictionary under the key `model`, where there is
    /// one, else those of the outermost dictionary.
    ///
    /// Throws [CheckpointException] where it is no checkpoint, is damaged, or holds more than tensors.
    public static Checkpoint open(Path file) throws IOException, CheckpointException {
        ZipFile zip = zip(file);
        try {
            String root = root(zip, file);
            Pickled list = Unpickler.read(ByteBuffer.wrap(list(zip, root)));
            return new Checkpoint(zip, root, tensors(list));
        } catch (CheckpointException | IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    @Override
    public Map<String, StoredTensor> tensors() {
        return tensors;
    }

    @Override
    public ByteBuffer floats(String name, StoredTensor tensor) throws IOException, CheckpointException {
        tensor.requireReadable(name);
        ByteBuffer storage = storage(name, tensor);
        if (tensor.kind() == NumberKind.FLOAT32 && tensor.isContiguous()) {
            return storage.slice((int) tensor.offset() * Float.BYTES, (int) tensor.elements() * Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
        return gather(tensor, storage);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private ByteBuffer storage(String name, StoredTensor tensor) throws IOException, CheckpointException {
        ZipEntry entry = zip.getEntry(root + "/data/" + tensor.storage());
        if (entry == null) {
            throw new CheckpointException("tensor " + name + " has no bytes in the file");
        }
        long expected = Math.multiplyExact(
                tensor.storageElements(), (long) tensor.kind().bytes());
        if (entry.getSize() != expected || expected > Integer.MAX_VALUE) {
            throw new CheckpointException(
                    "tensor %s has %d bytes in the file, expected %d".formatted(name, entry.getSize(), expected));
        }
        if (!lastStorage.equals(tensor.storage())) {
            lastBytes = read(zip, entry, name);
            lastStorage = tensor.storage();
        }
        return ByteBuffer.wrap(lastBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer gather(StoredTensor tensor, ByteBuffer storage) {
        int elements = Math.toIntExact(tensor.elements());
        var floats =
                ByteBuffer.allocate(Math.multiplyExact(elements, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        int rank = tensor.shape().size();
        long[] index = new long[rank];
        long at = tensor.offset();
        for (int i = 0; i < elements; i++) {
            floats.putFloat(tensor.kind()
                    .toFloat(storage, Math.toIntExact(at * tensor.kind().bytes())));
            for (int axis = rank - 1; axis >= 0; axis--) {
                at += tensor.strides().get(axis);
                if (++index[axis] < tensor.shape().get(axis)) {
                    break;
                }
                at -= tensor.strides().get(axis) * tensor.shape().get(axis);
                index[axis] = 0;
            }
        }
        return floats.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Map<String, StoredTensor> tensors(Pickled list) throws CheckpointException {
        if (!(list instanceof Mapping(Map<String, Pickled> outer))) {
            throw new CheckpointException("the file holds " + list.describe() + ", not a dictionary of tensors");
        }
        Pickled model = outer.get("model");
        Map<String, Pickled> named = model instanceof Mapping(Map<String, Pickled> inner) ? inner : outer;
        var tensors = new LinkedHashMap<String, StoredTensor>();
        named.forEach((name, value) -> {
            if (value instanceof Tensor(StoredTensor tensor)) {
                tensors.put(name, tensor);
            }
        });
        return Collections.unmodifiableMap(tensors);
    }

    private static String root(ZipFile zip, Path file) throws IOException, CheckpointException {
        String list = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(LIST) && name.indexOf('/') == name.lastIndexOf('/'))
                .findFirst()
                .orElseThrow(() -> new CheckpointException(file + " is a zip, but not a PyTorch checkpoint"));
        String root = list.substring(0, list.length() - LIST.length());
        ZipEntry order = zip.getEntry(root + "/byteorder");
        if (order != null && !new String(read(zip, order, "byte order"), StandardCharsets.US_ASCII).equals("little")) {
            throw new CheckpointException(file + " was written on a big-endian machine, which is not supported");
        }
        return root;
    }

    private static byte[] list(ZipFile zip, String root) throws IOException, CheckpointException {
        ZipEntry entry = zip.getEntry(root + LIST);
        if (entry.getSize() > MAX_LIST_BYTES) {
            throw new CheckpointException("the list of tensors has " + entry.getSize() + " bytes: refused");
        }
        return read(zip, entry, "list of tensors");
    }

    /// The whole of an entry, checked against its checksum.
    private static byte[] read(ZipFile zip, ZipEntry entry, String what) throws IOException, CheckpointException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(entry.getSize()));
            var sum = new CRC32();
            sum.update(bytes);
            if (bytes.length != entry.getSize() || sum.getValue() != entry.getCrc()) {
                throw new CheckpointException("the file is damaged: " + what + " does not match its checksum");
            }
            return bytes;
        } catch (ZipException | EOFException | ArithmeticException e) {
            throw new CheckpointException("the file is damaged: " + what + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ZipFile zip(Path file) throws IOException, CheckpointException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException | EOFException e) {
            throw new CheckpointException(file + " is not a PyTorch checkpoint: " + whatElse(file), e);
        }
    }

    /// A guess at the type of a file that is not a zip.
    private static String whatElse(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(4);
            if (start.length < 4) {
                return "it is empty or nearly so";
            }
            return switch (start[0]) {
                case 'P' -> "it is a zip that was cut short or damaged";
                case (byte) 0x80 -> "it is of PyTorch's format before 1.6, or another pickle";
                case '<' -> "it is a web page";
                default -> "it is not a zip";
            };
        }
    }
}

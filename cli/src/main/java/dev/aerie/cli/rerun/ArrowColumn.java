package dev.aerie.cli.rerun;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/// One array of Apache Arrow that grows by values, without nulls but for [#nulls]. Used by one thread.
abstract class ArrowColumn {

    private static final String ITEM = "item";

    private final byte type;
    private final List<ArrowColumn> children;
    private final List<String> childNames;

    private ArrowColumn(byte type, List<String> childNames, List<ArrowColumn> children) {
        this.type = type;
        this.childNames = childNames;
        this.children = children;
    }

    /// How many values it has.
    abstract int length();

    /// Adds its own layout to a record batch, without its children's.
    abstract void layOut(ArrowBatch.Body body);

    abstract int typeTable(FlatBufferBuilder builder);

    final List<ArrowColumn> children() {
        return children;
    }

    /// Writes the field of a schema; returns its offset.
    final int field(FlatBufferBuilder builder, String name, boolean nullable, Map<String, String> metadata) {
        int[] fields = new int[children.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = children.get(i).field(builder, childNames.get(i), isNullable(childNames.get(i)), Map.of());
        }
        int childVector = Field.createChildrenVector(builder, fields);
        int metadataVector = Field.createCustomMetadataVector(builder, keyValues(builder, metadata));
        int typeTable = typeTable(builder);
        return Field.createField(
                builder, builder.createString(name), nullable, type, typeTable, 0, childVector, metadataVector);
    }

    static int[] keyValues(FlatBufferBuilder builder, Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .mapToInt(entry -> KeyValue.createKeyValue(
                        builder, builder.createString(entry.getKey()), builder.createString(entry.getValue())))
                .toArray();
    }

    /// Whether its schema lets a child be null.
    boolean isNullable(String childName) {
        return false;
    }

    /// Numbers of one width.
    static final class Numbers extends ArrowColumn {

        private final int widthBytes;
        private final boolean signed;
        private ByteBuffer data = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

        private Numbers(byte type, int widthBytes, boolean signed) {
            super(type, List.of(), List.of());
            this.widthBytes = widthBytes;
            this.signed = signed;
        }

        Numbers add(long value) {
            ByteBuffer to = room(widthBytes);
            switch (widthBytes) {
                case Byte.BYTES -> to.put((byte) value);
                case Short.BYTES -> to.putShort((short) value);
                case Integer.BYTES -> to.putInt((int) value);
                default -> to.putLong(value);
            }
            return this;
        }

        Numbers add(float value) {
            room(Float.BYTES).putFloat(value);
            return this;
        }

        /// Values as they lie in memory.
        Numbers addAll(byte[] values) {
            room(values.length).put(values);
            return this;
        }

        @Override
        int length() {
            return data.position() / widthBytes;
        }

        @Override
        void layOut(ArrowBatch.Body body) {
            body.whole(length());
            body.buffer(bytes());
        }

        @Override
        int typeTable(FlatBufferBuilder builder) {
            return switch (super.type) {
                case Type.FloatingPoint -> FloatingPoint.createFloatingPoint(builder, Precision.SINGLE);
                case Type.FixedSizeBinary -> FixedSizeBinary.createFixedSizeBinary(builder, widthBytes);
                case Type.Timestamp -> Timestamp.createTimestamp(builder, TimeUnit.NANOSECOND, 0);
                default -> Int.createInt(builder, widthBytes * Byte.SIZE, signed);
            };
        }

        /// All values so far, as they lie in memory.
        private ByteBuffer bytes() {
            return data.duplicate().flip();
        }

        private ByteBuffer room(int bytes) {
            if (data.remaining() < bytes) {
                int capacity = Math.max(2 * data.capacity(), data.position() + bytes);
                data = ByteBuffer.wrap(Arrays.copyOf(data.array(), capacity))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .position(data.position());
            }
            return data;
        }
    }

    static Numbers unsigned(int widthBytes) {
        return new Numbers(Type.Int, widthBytes, false);
    }

    static Numbers signed64() {
        return new Numbers(Type.Int, Long.BYTES, true);
    }

    static Numbers floats() {
        return new Numbers(Type.FloatingPoint, Float.BYTES, true);
    }

    static Numbers timesNanos() {
        return new Numbers(Type.Timestamp, Long.BYTES, true);
    }

    static Numbers binary(int widthBytes) {
        return new Numbers(Type.FixedSizeBinary, widthBytes, false);
    }

    /// Unsigned 8-bit numbers of which every one is missing.
    static final class Nulls extends ArrowColumn {

        private int length;

        private Nulls() {
            super(Type.Int, List.of(), List.of());
        }

        void add() {
            length++;
        }

        @Override
        int length() {
            return length;
        }

        @Override
        void layOut(ArrowBatch.Body body) {
            body.nulls(length);
            body.buffer(ByteBuffer.allocate(length));
        }

        @Override
        int typeTable(FlatBufferBuilder builder) {
            return Int.createInt(builder, Byte.SIZE, false);
        }
    }

    static Nulls nulls() {
        return new Nulls();
    }

    /// Text.
    static final class Texts extends ArrowColumn {

        private final Numbers offsets = unsigned(Integer.BYTES).add(0);
        private final Numbers bytes = unsigned(Byte.BYTES);

        private Texts() {
            super(Type.Utf8, List.of(), List.of());
        }

        void add(String text) {
            bytes.addAll(text.getBytes(StandardCharsets.UTF_8));
            offsets.add(bytes.length());
        }

        @Override
        int length() {
            return offsets.length() - 1;
        }

        @Override
        void layOut(ArrowBatch.Body body) {
            body.whole(length());
            body.buffer(offsets.bytes());
            body.buffer(bytes.bytes());
        }

        @Override
        int typeTable(FlatBufferBuilder builder) {
            Utf8.startUtf8(builder);
            return Utf8.endUtf8(builder);
        }
    }

    static Texts texts() {
        return new Texts();
    }

    /// Lists of any lengths: the values of one go into [#values], then [#end] ends it.
    static final class Lists<C extends ArrowColumn> extends ArrowColumn {

        private final Numbers offsets = unsigned(Integer.BYTES).add(0);
        private final C values;
        private final boolean nullableValues;

        private Lists(C values, boolean nullableValues) {
            super(Type.List, List.of(ITEM), List.of(values));
            this.values = values;
            this.nullableValues = nullableValues;
        }

        C values() {
            return values;
        }

        void end() {
            offsets.add(values.length());
        }

        @Override
        int length() {
            return offsets.length() - 1;
        }

        @Override
        void layOut(ArrowBatch.Body body) {
            body.whole(length());
            body.buffer(offsets.bytes());
        }

        @Override
        int typeTable(FlatBufferBuilder builder) {
            org.apache.arrow.flatbuf.List.startList(builder);
            return org.apache.arrow.flatbuf.List.endList(builder);
        }

        @Override
        boolean isNullable(String childName) {
            return nullableValues;
        }
    }

    static <C extends ArrowColumn> Lists<C> lists(C values) {
        return new Lists<>(values, false);
    }

    /// As a component of Rerun has them: what it lists may be null.
    static <C extends ArrowColumn> Lists<C> component(C values) {
        return new Lists<>(values, true);
    }

    /// Lists of one length.
    static final class Vectors extends ArrowColumn {

        private final Numbers values;
        private final int size;

        private Vectors(Numbers values, int size) {
            super(Type.FixedSizeList, List.of(ITEM), List.of(values));
            this.values = values;
            this.size = size;
        }

        /// Adds one vector.
        void add(double... parts) {
            if (parts.length != size) {
                throw new IllegalArgumentException("a vector of " + size + " has " + parts.length + " parts");
            }
            for (double part : parts) {
                if (values.widthBytes == Byte.BYTES) {
                    values.add((long) part);
                } else {
                    values.add((float) part);
                }
            }
        }

        @Override
        int length() {
            return values.length() / size;
        }

        @Override
        void layOut(ArrowBatch.Body body) {
            body.whole(length());
        }

        @Override
        int typeTable(FlatBufferBuilder builder) {
            return FixedSizeList.createFixedSizeList(builder, size);
        }
    }

    /// Of 32-bit floats.
    static Vectors vectors(int size) {
        return new Vectors(floats(), size);
    }

    static Vectors byteVectors(int size) {
        return new Vectors(unsigned(Byte.BYTES), size);
    }

    /// Records of named columns, which have the same length.
    static final class Structs extends ArrowColumn {

        private final Set<String> nullable;

        private Structs(SequencedMap<String, ArrowColumn> columns, Set<String> nullable) {
            super(Type.Struct_, List.copyOf(columns.keySet()), List.copyOf(columns.values()));
            this.nullable = Set.copyOf(nullable);
        }

        @Override
        boolean isNullable(String childName) {
            return nullable.contains(childName);
        }

        @Override
        int length() {
            return children().getFirst().length();
        }

        @Override
        void layOut(ArrowBatch.Body body) {
            body.whole(length());
        }

        @Override
        int typeTable(FlatBufferBuilder builder) {
            Struct_.startStruct_(builder);
            return Struct_.endStruct_(builder);
        }
    }

    /// - `nullable`: the columns that may be null by the schema
    static Structs structs(SequencedMap<String, ArrowColumn> columns, Set<String> nullable) {
        return new Structs(columns, nullable);
    }
}

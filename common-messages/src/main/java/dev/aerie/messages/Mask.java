package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.BitSet;
import java.util.List;

/// Which pixels of a frame belong to an object, as COCO's compressed run-length code.
///
/// - `counts`: runs of outside and inside pixels in turn, down the columns from the left, each written by [RunLengths]
///
/// Refused are more than [#MAX_PIXELS] pixels, and runs that do not cover exactly the frame.
///
/// On the wire `{"size": [height, width], "counts": "…"}`, as pycocotools reads it.
@JsonPropertyOrder({"size", "counts"})
public record Mask(@JsonIgnore int heightPixels, @JsonIgnore int widthPixels, String counts) {

    /// Of a frame; H.264 has none that is larger (level 6.2: 35.7 million).
    public static final int MAX_PIXELS = 1 << 26;

    public Mask {
        Require.atLeast("mask.size", heightPixels, 1);
        Require.atLeast("mask.size", widthPixels, 1);
        Require.present("mask.counts", counts);
        long pixels = (long) heightPixels * widthPixels;
        Require.rule(
                pixels <= MAX_PIXELS,
                "mask.size must be " + MAX_PIXELS + " pixels at most, was " + heightPixels + " × " + widthPixels);
        long covered = 0;
        for (long run : RunLengths.parse(counts, pixels)) {
            covered += run;
        }
        Require.rule(
                covered == pixels,
                "mask.counts must cover " + heightPixels + " × " + widthPixels + " pixels, covers " + covered);
    }

    @JsonCreator
    static Mask ofWire(@JsonProperty("size") List<Integer> size, @JsonProperty("counts") String counts) {
        Require.rule(size != null && size.size() == 2, "mask.size must be [height, width], was " + size);
        return new Mask(size.get(0), size.get(1), counts);
    }

    @JsonProperty("size")
    List<Integer> size() {
        return List.of(heightPixels, widthPixels);
    }

    /// Whether the pixel at column `x` and row `y` belongs to the object.
    @FunctionalInterface
    public interface Inside {
        boolean test(int x, int y);
    }

    /// Encodes the pixels for which `inside` holds; each is asked for once.
    public static Mask encode(int heightPixels, int widthPixels, Inside inside) {
        var runs = new RunLengths.Writer();
        boolean current = false;
        long run = 0;
        for (int x = 0; x < widthPixels; x++) {
            for (int y = 0; y < heightPixels; y++) {
                if (inside.test(x, y) != current) {
                    runs.add(run);
                    current = !current;
                    run = 0;
                }
                run++;
            }
        }
        runs.add(run);
        return new Mask(heightPixels, widthPixels, runs.toString());
    }

    /// The pixels of the object: bit `y * widthPixels + x`.
    public BitSet decode() {
        var pixels = new BitSet(heightPixels * widthPixels);
        boolean inside = false;
        int at = 0;
        for (long run : RunLengths.parse(counts, (long) heightPixels * widthPixels)) {
            for (int end = at + (int) run; at < end; at++) {
                if (inside) {
                    pixels.set(at % heightPixels * widthPixels + at / heightPixels);
                }
            }
            inside = !inside;
        }
        return pixels;
    }

    /// How many pixels the object has.
    public long areaPixels() {
        List<Long> runs = RunLengths.parse(counts, (long) heightPixels * widthPixels);
        long area = 0;
        for (int i = 1; i < runs.size(); i += 2) {
            area += runs.get(i);
        }
        return area;
    }
}

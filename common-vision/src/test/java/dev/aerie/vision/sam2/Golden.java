package dev.aerie.vision.sam2;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.video.FrameSize;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// What the publisher's predictor found, result by result, as `deploy/models/sam2/golden.py` wrote it.
final class Golden implements AutoCloseable {

    private final JsonNode head;
    private final DataInputStream in;

    private Golden(JsonNode head, DataInputStream in) {
        this.head = head;
        this.in = in;
    }

    static Golden open(String name) throws IOException {
        return open(requireNonNull(Golden.class.getResourceAsStream(name + ".golden.gz"), name));
    }

    static Golden open(Path file) throws IOException {
        return open(Files.newInputStream(file));
    }

    private static Golden open(InputStream packed) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(new GZIPInputStream(packed)));
        var line = new ByteArrayOutputStream();
        for (int letter = in.read(); letter != '\n'; letter = in.read()) {
            line.write(letter);
        }
        return new Golden(new ObjectMapper().readTree(line.toByteArray()), in);
    }

    String model() {
        return head.path("model").asText();
    }

    int size() {
        return head.path("size").asInt();
    }

    /// Of its frames.
    FrameSize frameSize() {
        return new FrameSize(head.path("width").asInt(), head.path("height").asInt());
    }

    /// The rule by which its reference remembers corrections.
    CorrectionRule corrections() {
        return CorrectionRule.parse(head.path("corrections").asText());
    }

    float scoreBias() {
        return (float) head.path("score_bias").asDouble();
    }

    int frames() {
        return head.path("pictures").asInt();
    }

    /// What happens at `time`: `prompts` by object, `more` of them after those, objects to `remove`, whether it is
    /// `dark`.
    JsonNode event(int time) {
        return head.path("events").path(String.valueOf(time));
    }

    /// The next result, which is of the frame at `time`, in the order in which the reference found them.
    Result next(int time) throws IOException {
        int maskSide = size() / 4;
        int stride = head.path("logit_stride").asInt();
        float score = in.readFloat();
        var signs = new Signs(maskSide, in.readNBytes(maskSide * maskSide / Byte.SIZE));
        var logits = new float[maskSide / stride * (maskSide / stride)];
        short steps = 0;
        for (int i = 0; i < logits.length; i++) {
            steps += in.readShort();
            logits[i] = (float) (steps * head.path("logit_step").asDouble());
        }
        return new Result(maskSide, stride, score, signs, logits, frameMask(time));
    }

    private Optional<Signs> frameMask(int time) throws IOException {
        if (time % head.path("frame_mask_interval").asInt() != 0) {
            return Optional.empty();
        }
        FrameSize frame = frameSize();
        int bytes = frame.widthPixels() * frame.heightPixels() / Byte.SIZE;
        return Optional.of(new Signs(frame.widthPixels(), in.readNBytes(bytes)));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// Where a mask is, row by row.
    ///
    /// - `bits`: one per cell, 1 for the object, the first in a byte's highest
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Signs(int width, byte[] bits) {

        boolean isInside(int x, int y) {
            int bit = y * width + x;
            return ((bits[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE)) & 1) != 0;
        }

        int height() {
            return bits.length * Byte.SIZE / width;
        }

        double share() {
            int inside = 0;
            for (byte eight : bits) {
                inside += Integer.bitCount(eight & 0xFF);
            }
            return (double) inside / (bits.length * Byte.SIZE);
        }
    }

    /// - `signs`: of the model's mask
    /// - `logits`: of every `stride`th cell of every `stride`th row
    /// - `frameMask`: the mask as large as the frame, of some frames
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Result(int maskSide, int stride, float score, Signs signs, float[] logits, Optional<Signs> frameMask) {

        float logit(int x, int y) {
            return logits[y / stride * (maskSide / stride) + x / stride];
        }

        /// Whether agreeing with it means anything: the object is there, its mask neither empty nor full nor
        /// flat.
        boolean isInformative() {
            return score > 0 && signs.share() > 0.002 && signs.share() < 0.998 && deviation() > 0.1;
        }

        private double deviation() {
            double sum = 0;
            double squares = 0;
            for (float logit : logits) {
                sum += logit;
                squares += (double) logit * logit;
            }
            double mean = sum / logits.length;
            return Math.sqrt(Math.max(0, squares / logits.length - mean * mean));
        }
    }
}

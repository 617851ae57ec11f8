package dev.aerie.vision.sam2;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// What the Python reference found, result by result, as `deploy/models/sam2/golden.py` wrote it.
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

    float scoreBias() {
        return (float) head.path("score_bias").asDouble();
    }

    int frames() {
        return head.path("pictures").asInt();
    }

    /// What happens at `time`: `prompts` by object, objects to `remove`, whether it is `dark`.
    JsonNode event(int time) {
        return head.path("events").path(String.valueOf(time));
    }

    /// The next result, in the order in which the reference found them.
    Result next() throws IOException {
        int maskSide = size() / 4;
        float score = in.readFloat();
        var signs = new byte[maskSide * maskSide / 8];
        in.readFully(signs);
        var logits = new float[maskSide / 2 * (maskSide / 2)];
        short steps = 0;
        for (int i = 0; i < logits.length; i++) {
            steps += in.readShort();
            logits[i] = (float) (steps * head.path("logit_step").asDouble());
        }
        return new Result(maskSide, score, signs, logits);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// - `signs`: a bit per cell, 1 for the object, the first in a byte's highest
    /// - `logits`: of every second cell of every second row
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Result(int maskSide, float score, byte[] signs, float[] logits) {

        boolean isInside(int x, int y) {
            int bit = y * maskSide + x;
            return ((signs[bit / 8] >> (7 - bit % 8)) & 1) != 0;
        }

        float logit(int x, int y) {
            return logits[y / 2 * (maskSide / 2) + x / 2];
        }

        /// Whether agreeing with it means anything: the object is there, its mask neither empty nor full nor
        /// flat.
        boolean isInformative() {
            int inside = 0;
            for (byte eight : signs) {
                inside += Integer.bitCount(eight & 0xFF);
            }
            double share = (double) inside / (maskSide * maskSide);
            return score > 0 && share > 0.002 && share < 0.998 && deviation() > 0.1;
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

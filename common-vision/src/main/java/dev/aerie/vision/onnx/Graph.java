package dev.aerie.vision.onnx;

import dev.aerie.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// An ONNX model before it is opened: its bytes, and the folder of its external weights.
public final class Graph {

    private final String name;
    private final byte[] bytes;
    private final Optional<Path> weights;

    private Graph(String name, byte[] bytes, Optional<Path> weights) {
        this.name = name;
        this.bytes = bytes.clone();
        this.weights = weights;
    }

    /// One that holds its own weights, named like the file without its ending. Throws [ModelException] if it cannot
    /// be read.
    public static Graph read(Path file) throws ModelException {
        try {
            String name = file.getFileName().toString().replaceFirst("\\.onnx$", "");
            return new Graph(name, Files.readAllBytes(file), Optional.empty());
        } catch (IOException e) {
            throw new ModelException("model file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// One with external weights: files in the folder `weights`, under the names that the graph gives.
    public static Graph withWeightsIn(Path weights, String name, byte[] bytes) {
        return new Graph(name, bytes, Optional.of(weights));
    }

    /// One that holds its own weights.
    public static Graph of(String name, byte[] bytes) {
        return new Graph(name, bytes, Optional.empty());
    }

    /// As this, with open height and width of its inputs and outputs: for a convolutional network that was exported for
    /// one size of image. Throws [ModelException] if it is no ONNX model.
    public Graph withOpenSides() throws ModelException {
        try {
            return new Graph(name, OpenSides.of(bytes), weights);
        } catch (IllegalArgumentException e) {
            throw new ModelException(name + ": " + e.getMessage(), e);
        }
    }

    /// As messages name the model.
    public String name() {
        return name;
    }

    /// Of the graph, without external weights.
    public Sha256 digest() {
        return Sha256.of(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    Optional<Path> weights() {
        return weights;
    }
}

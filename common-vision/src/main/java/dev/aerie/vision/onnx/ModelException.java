package dev.aerie.vision.onnx;

/// A model cannot be opened, is not the model it should be, or failed while it ran; the message is for an operator.
public final class ModelException extends Exception {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}

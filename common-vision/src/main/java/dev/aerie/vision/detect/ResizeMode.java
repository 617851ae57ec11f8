package dev.aerie.vision.detect;

/// How a frame is resized to a model's input.
enum ResizeMode {
    /// Shrunk or grown by one scale, in the top left corner, the rest grey: YOLOX.
    TOP_LEFT,
    /// Shrunk or grown by one scale, in the middle, the rest grey: YOLOv8 and its followers.
    CENTRED,
    /// Width and height each by a scale of its own: RT-DETR, D-FINE.
    STRETCHED
}

package dev.aerie.vision.sam2;

/// Resizes a plane of numbers by averaging over triangles as wide as what each result covers.
///
/// As PyTorch's `interpolate(mode="bilinear", align_corners=False, antialias=True)`; where it enlarges, this is plain
/// bilinear interpolation.
record AntialiasedResize(int fromWidth, int fromHeight, int toWidth, int toHeight) {

    /// - `plane`: rows from the top, `fromWidth * fromHeight`
    /// - returns `toWidth * toHeight`
    float[] apply(float[] plane) {
        var columns = Triangles.of(fromWidth, toWidth);
        var rows = Triangles.of(fromHeight, toHeight);
        var narrow = new float[toWidth * fromHeight];
        for (int y = 0; y < fromHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                narrow[y * toWidth + x] = columns.sum(x, plane, y * fromWidth, 1);
            }
        }
        var result = new float[toWidth * toHeight];
        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                result[y * toWidth + x] = rows.sum(y, narrow, x, toWidth);
            }
        }
        return result;
    }
}

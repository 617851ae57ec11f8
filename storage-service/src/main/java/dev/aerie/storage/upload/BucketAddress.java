package dev.aerie.storage.upload;

/// The destination and the credentials of uploads.
///
/// - `url`: of the store, `https://…`
/// - `accessKey`, `secretKey`: never logged, not in [#toString]
public record BucketAddress(String url, String region, String bucket, String accessKey, String secretKey) {

    @Override
    public String toString() {
        return "BucketAddress[bucket=" + bucket + "]";
    }
}

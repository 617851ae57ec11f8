package dev.aerie.vision.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// ONNX Runtime's C interface, as far as its Java interface lacks it: runs whose tensors stay on a device. It is
/// that of the native library which the Java interface has loaded.
///
/// Source: `onnxruntime_c_api.h` of version 1.29, `ORT_API_VERSION` 29. `OrtApi` is a table of functions that grows at
/// its end only; the numbers below are places in it. Safe for several threads.
@SuppressWarnings("restricted")
final class OrtCApi {

    private static final int VERSION = 29;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final long WORD_BYTES = ADDRESS.byteSize();
    private static final FunctionDescriptor STATUS_OF_TWO = FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS);
    private static final FunctionDescriptor STATUS_OF_THREE = FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final FunctionDescriptor STATUS_OF_FOUR =
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final Optional<OrtCApi> INSTANCE = open();

    private final MethodHandle getErrorMessage;
    private final MethodHandle getTensorMutableData;
    private final MethodHandle getTensorShapeElementCount;
    private final MethodHandle getTensorTypeAndShape;
    private final MethodHandle createMemoryInfo;
    private final MethodHandle allocatorFree;
    private final MethodHandle getAllocatorWithDefaultOptions;
    private final MethodHandle releaseStatus;
    private final MethodHandle releaseMemoryInfo;
    private final MethodHandle releaseValue;
    private final MethodHandle releaseTensorTypeAndShapeInfo;
    private final MethodHandle runWithBinding;
    private final MethodHandle createIoBinding;
    private final MethodHandle releaseIoBinding;
    private final MethodHandle bindInput;
    private final MethodHandle bindOutput;
    private final MethodHandle bindOutputToDevice;
    private final MethodHandle getBoundOutputValues;

    private OrtCApi(MemorySegment api) {
        getErrorMessage = function(api, 2, FunctionDescriptor.of(ADDRESS, ADDRESS));
        getTensorMutableData = function(api, 51, STATUS_OF_TWO);
        getTensorShapeElementCount = function(api, 64, STATUS_OF_TWO);
        getTensorTypeAndShape = function(api, 65, STATUS_OF_TWO);
        createMemoryInfo =
                function(api, 68, FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
        allocatorFree = function(api, 76, STATUS_OF_TWO);
        getAllocatorWithDefaultOptions = function(api, 78, FunctionDescriptor.of(ADDRESS, ADDRESS));
        releaseStatus = function(api, 93, FunctionDescriptor.ofVoid(ADDRESS));
        releaseMemoryInfo = function(api, 94, FunctionDescriptor.ofVoid(ADDRESS));
        releaseValue = function(api, 96, FunctionDescriptor.ofVoid(ADDRESS));
        releaseTensorTypeAndShapeInfo = function(api, 99, FunctionDescriptor.ofVoid(ADDRESS));
        runWithBinding = function(api, 133, STATUS_OF_THREE);
        createIoBinding = function(api, 134, STATUS_OF_TWO);
        releaseIoBinding = function(api, 135, FunctionDescriptor.ofVoid(ADDRESS));
        bindInput = function(api, 136, STATUS_OF_THREE);
        bindOutput = function(api, 137, STATUS_OF_THREE);
        bindOutputToDevice = function(api, 138, STATUS_OF_THREE);
        getBoundOutputValues = function(api, 140, STATUS_OF_FOUR);
    }

    /// Empty where the native library is of an older version, or not loaded by this class' loader.
    static Optional<OrtCApi> get() {
        return INSTANCE;
    }

    private static Optional<OrtCApi> open() {
        // Loads the native library.
        OnnxRuntime.environment();
        return SymbolLookup.loaderLookup().find("OrtGetApiBase").flatMap(OrtCApi::open);
    }

    private static Optional<OrtCApi> open(MemorySegment getApiBase) {
        MemorySegment base =
                (MemorySegment) called(() -> LINKER.downcallHandle(getApiBase, FunctionDescriptor.of(ADDRESS))
                        .invoke());
        MethodHandle getApi = function(base.reinterpret(WORD_BYTES), 0, FunctionDescriptor.of(ADDRESS, JAVA_INT));
        MemorySegment api = (MemorySegment) called(() -> getApi.invoke(VERSION));
        return MemorySegment.NULL.equals(api) ? Optional.empty() : Optional.of(new OrtCApi(api));
    }

    /// A binding of the session at `session`.
    NativeHandle binding(MemorySegment session) throws OrtException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            require(() -> createIoBinding.invoke(session, out));
            return new NativeHandle(out.get(ADDRESS, 0), address -> released(releaseIoBinding, address));
        }
    }

    /// The default memory of a provider's device: `Cpu`, `Cuda`.
    NativeHandle memory(String device) throws OrtException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(device);
            MemorySegment out = arena.allocate(ADDRESS);
            // OrtDeviceAllocator of the first device, OrtMemTypeDefault.
            require(() -> createMemoryInfo.invoke(name, 0, 0, 0, out));
            return new NativeHandle(out.get(ADDRESS, 0), address -> released(releaseMemoryInfo, address));
        }
    }

    void bindInput(NativeHandle binding, String name, MemorySegment value) throws OrtException {
        bind(bindInput, binding, name, value);
    }

    void bindOutput(NativeHandle binding, String name, MemorySegment value) throws OrtException {
        bind(bindOutput, binding, name, value);
    }

    /// The output is allocated by the run, in `memory`.
    void bindOutputToDevice(NativeHandle binding, String name, NativeHandle memory) throws OrtException {
        bind(bindOutputToDevice, binding, name, memory.address());
    }

    void run(MemorySegment session, NativeHandle binding) throws OrtException {
        MemorySegment address = binding.address();
        require(() -> runWithBinding.invoke(session, MemorySegment.NULL, address));
    }

    /// The values of all outputs after a run, in the order in which they were bound.
    List<NativeHandle> outputs(NativeHandle binding) throws OrtException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment allocator = arena.allocate(ADDRESS);
            MemorySegment values = arena.allocate(ADDRESS);
            MemorySegment count = arena.allocate(JAVA_LONG);
            MemorySegment address = binding.address();
            require(() -> getAllocatorWithDefaultOptions.invoke(allocator));
            require(() -> getBoundOutputValues.invoke(address, allocator.get(ADDRESS, 0), values, count));
            var outputs = new ArrayList<NativeHandle>();
            MemorySegment array = values.get(ADDRESS, 0).reinterpret(count.get(JAVA_LONG, 0) * WORD_BYTES);
            for (long i = 0; i < count.get(JAVA_LONG, 0); i++) {
                outputs.add(new NativeHandle(array.getAtIndex(ADDRESS, i), value -> released(releaseValue, value)));
            }
            require(() -> allocatorFree.invoke(allocator.get(ADDRESS, 0), array));
            return outputs;
        }
    }

    /// How many elements the tensor `value` holds.
    long elements(NativeHandle value) throws OrtException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(ADDRESS);
            MemorySegment count = arena.allocate(JAVA_LONG);
            MemorySegment address = value.address();
            require(() -> getTensorTypeAndShape.invoke(address, info));
            try {
                require(() -> getTensorShapeElementCount.invoke(info.get(ADDRESS, 0), count));
                return count.get(JAVA_LONG, 0);
            } finally {
                released(releaseTensorTypeAndShapeInfo, info.get(ADDRESS, 0));
            }
        }
    }

    /// The `bytes` bytes of the tensor `value`, which lies in the CPU's memory; valid until it is released.
    MemorySegment data(NativeHandle value, long bytes) throws OrtException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            MemorySegment address = value.address();
            require(() -> getTensorMutableData.invoke(address, out));
            return out.get(ADDRESS, 0).reinterpret(bytes);
        }
    }

    private void bind(MethodHandle function, NativeHandle binding, String name, MemorySegment bound)
            throws OrtException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment letters = arena.allocateFrom(name);
            MemorySegment address = binding.address();
            require(() -> function.invoke(address, letters, bound));
        }
    }

    /// Throws [OrtException] with the message of the status that `call` returns, unless that is null.
    private void require(Call call) throws OrtException {
        MemorySegment status = (MemorySegment) called(call);
        if (MemorySegment.NULL.equals(status)) {
            return;
        }
        try {
            MemorySegment message = (MemorySegment) called(() -> getErrorMessage.invoke(status));
            throw new OrtException(message.reinterpret(Long.MAX_VALUE).getString(0));
        } finally {
            released(releaseStatus, status);
        }
    }

    private static void released(MethodHandle release, MemorySegment address) {
        called(() -> {
            release.invoke(address);
            return MemorySegment.NULL;
        });
    }

    private static MethodHandle function(MemorySegment table, long place, FunctionDescriptor descriptor) {
        MemorySegment function = table.reinterpret((place + 1) * WORD_BYTES).getAtIndex(ADDRESS, place);
        return LINKER.downcallHandle(function, descriptor);
    }

    @FunctionalInterface
    private interface Call {
        Object run() throws Throwable;
    }

    private static Object called(Call call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("ONNX Runtime cannot be called", e);
        }
    }
}

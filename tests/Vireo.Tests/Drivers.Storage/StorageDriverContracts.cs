using Vireo.Tests.Contracts;

namespace Vireo.Tests.Drivers.Storage;

public sealed class StorageDriverStorage : StorageContract
{
    public StorageDriverStorage() : this(new StorageRoot()) { }

    StorageDriverStorage(StorageRoot root) : base(root, root.Traits) { }
}

public sealed class StorageDriverSources() : StorageSourceContract(new StorageRoot());

public sealed class StorageDriverContents : StorageContentContract
{
    public StorageDriverContents() : this(new StorageRoot()) { }

    StorageDriverContents(StorageRoot root) : base(root, root.Folder) { }
}

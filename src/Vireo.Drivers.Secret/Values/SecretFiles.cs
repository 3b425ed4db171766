using System.Text;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Model.Secret;

namespace Vireo.Drivers.Secret.Values;

/// <summary>
/// Secrets on the disk: UUID.xml in libvirt's place, and beside it UUID.value, in cipher. A value that libvirt wrote (UUID.base64, for anybody to read who reads
/// the disk) is taken over when it is found, and its file goes.
/// </summary>
sealed class SecretFiles(HostPaths paths)
{
    readonly Lazy<ValueKey> key = new(() => ValueKey.Open(Path.Join(paths.LibDir, "secrets", "vireo.key")));

    string Folder => Path.Join(paths.EtcDir, "secrets");

    string Document(Uuid uuid) => Path.Join(Folder, $"{uuid}.xml");

    string Value(Uuid uuid) => Path.Join(Folder, $"{uuid}.value");

    string Plain(Uuid uuid) => Path.Join(Folder, $"{uuid}.base64");

    public void Save(SecretDef secret)
    {
        AtomicFile.MakeFolder(Folder, 0x1c0);
        AtomicFile.Write(Document(secret.Uuid!.Value), secret.ToXml());
    }

    public void SaveValue(Uuid uuid, ReadOnlySpan<byte> value)
    {
        AtomicFile.MakeFolder(Folder, 0x1c0);
        AtomicFile.Write(Value(uuid), key.Value.Seal(value, Encoding.ASCII.GetBytes(uuid.ToString())));
        if (File.Exists(Plain(uuid)))
            AtomicFile.Delete(Plain(uuid));
    }

    /// <summary>The document goes last: a value without one is nobody's, and goes at the next start.</summary>
    public void Delete(Uuid uuid)
    {
        if (!Directory.Exists(Folder))
            return;
        AtomicFile.Delete(Plain(uuid));
        AtomicFile.Delete(Value(uuid));
        AtomicFile.Delete(Document(uuid));
    }

    /// <summary>Reads all. What is not understood is told and left alone.</summary>
    public IEnumerable<KeptSecret> Load(Action<string, string> problem)
    {
        AtomicFile.Sweep(Folder, "*");
        string[] files = Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.xml") : [];
        foreach (string file in files)
        {
            KeptSecret? secret = null;
            try
            {
                var def = SecretDef.Define(File.ReadAllText(file));
                if (def.Uuid?.ToString() != Path.GetFileNameWithoutExtension(file))
                    throw VireoException.Internal(ErrorDomain.Secret, "the name of the file is not the uuid in it");
                secret = new KeptSecret(def, ValueOf(def.Uuid.Value, problem));
            }
            catch (Exception fault) when (fault is VireoException or IOException or UnauthorizedAccessException)
            {
                problem(file, fault.Message);
            }
            if (secret is not null)
                yield return secret;
        }
    }

    byte[]? ValueOf(Uuid uuid, Action<string, string> problem)
    {
        try
        {
            if (File.Exists(Plain(uuid)))
            {
                byte[] value = Base64(File.ReadAllBytes(Plain(uuid)));
                SaveValue(uuid, value);
                return value;
            }
            return File.Exists(Value(uuid)) ? key.Value.Open(File.ReadAllBytes(Value(uuid)), Encoding.ASCII.GetBytes(uuid.ToString())) : null;
        }
        catch (Exception fault) when (fault is VireoException or IOException or UnauthorizedAccessException)
        {
            // The secret is there, without a value that could be told.
            problem(Value(uuid), fault.Message);
            return null;
        }
    }

    static byte[] Base64(byte[] text)
    {
        byte[] value = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return System.Buffers.Text.Base64.DecodeFromUtf8(text, value, out _, out int length) is System.Buffers.OperationStatus.Done
            ? value[..length] : throw VireoException.Internal(ErrorDomain.Secret, "malformed base64");
    }
}

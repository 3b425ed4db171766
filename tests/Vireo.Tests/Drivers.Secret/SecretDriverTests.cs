using System.Text;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Secret;
using Vireo.Host;
using Vireo.Tests.Contracts;
using Xunit;

namespace Vireo.Tests.Drivers.Secret;

/// <summary>The secret driver with a root of its own.</summary>
public sealed class SecretRoot : ISubject
{
    public HostPaths Paths { get; } = HostPaths.System(Directory.CreateTempSubdirectory("secrets").FullName);

    public SecretDriver Driver { get; private set; } = null!;

    public SecretDriver Start()
    {
        Driver?.Stop();
        Driver = SecretDriver.Create(new SecretDriverOptions { Paths = Paths });
        Driver.Start();
        return Driver;
    }

    public async ValueTask<IDriverConnection> OpenAsync() => (await Start().OpenAsync(ConnectionUri.Parse("secret:///system"), Caller.Self, default))!;

    public void Hear() { }

    public ValueTask DisposeAsync()
    {
        Driver?.Stop();
        Directory.Delete(Paths.Root!, recursive: true);
        return default;
    }
}

public sealed class SecretDriverSecrets() : SecretContract(new SecretRoot());

/// <summary>What of secrets is on the disk.</summary>
public sealed class SecretDriverTests
{
    const string Value = "open sesame", Id = "623fdc83-fe6d-4858-b921-b4ddec6feaa5";

    static readonly string document = $"<secret><uuid>{Id}</uuid><usage type='volume'><volume>/a</volume></usage></secret>";

    static ISecretLifecycle On(SecretDriver driver) => driver.Capabilities.Find<ISecretLifecycle>()!;

    static async Task<string> ValueOfAsync(SecretDriver driver) => Encoding.UTF8.GetString(await driver.Values.GetValueAsync(
        new SecretLookup(Uuid.TryParse(Id, out Uuid uuid) ? uuid : null, null), SecretUsageType.Volume, default));

    static string[] Contents(SecretRoot root) => [.. Directory.GetFiles(root.Paths.Root!, "*", SearchOption.AllDirectories).Select(File.ReadAllText)];

    [Fact]
    public async Task A_value_outlives_the_daemon_and_is_not_readable_on_the_disk()
    {
        await using var root = new SecretRoot();
        SecretDriver driver = root.Start();
        SecretRef secret = await On(driver).DefineAsync(document, SecretDefineFlags.None, default);
        await On(driver).SetValueAsync(secret, Encoding.UTF8.GetBytes(Value), 0, default);
        Assert.Equal(Value, await ValueOfAsync(root.Start()));
        string base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(Value));
        Assert.DoesNotContain(Contents(root), text => text.Contains(Value, StringComparison.Ordinal) || text.Contains(base64, StringComparison.Ordinal));
        foreach (string file in Directory.GetFiles(root.Paths.Root!, "*", SearchOption.AllDirectories).Where(static file => !file.EndsWith(".pid", StringComparison.Ordinal)))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task What_libvirt_wrote_is_taken_over_and_put_in_cipher()
    {
        await using var root = new SecretRoot();
        string folder = Path.Join(root.Paths.EtcDir, "secrets");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Join(folder, $"{Id}.xml"), document, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Join(folder, $"{Id}.base64"), Convert.ToBase64String(Encoding.UTF8.GetBytes(Value)), TestContext.Current.CancellationToken);
        Assert.Equal(Value, await ValueOfAsync(root.Start()));
        Assert.False(File.Exists(Path.Join(folder, $"{Id}.base64")));
        Assert.Equal(Value, await ValueOfAsync(root.Start()));
    }

    [Fact]
    public async Task A_value_of_another_key_or_another_secret_is_none()
    {
        await using var root = new SecretRoot();
        SecretDriver driver = root.Start();
        SecretRef secret = await On(driver).DefineAsync(document, SecretDefineFlags.None, default);
        await On(driver).SetValueAsync(secret, Encoding.UTF8.GetBytes(Value), 0, default);
        string file = Path.Join(root.Paths.EtcDir, "secrets", $"{Id}.value");
        byte[] written = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        written[^1] ^= 1;
        await File.WriteAllBytesAsync(file, written, TestContext.Current.CancellationToken);
        Assert.Equal(ErrorCode.NoSecret, (await Assert.ThrowsAsync<VireoException>(() => ValueOfAsync(root.Start()))).Code);
    }

    [Fact]
    public async Task What_is_ephemeral_is_never_on_the_disk()
    {
        await using var root = new SecretRoot();
        SecretDriver driver = root.Start();
        SecretRef secret = await On(driver).DefineAsync(document.Replace("<secret>", "<secret ephemeral='yes'>", StringComparison.Ordinal), SecretDefineFlags.None, default);
        await On(driver).SetValueAsync(secret, Encoding.UTF8.GetBytes(Value), 0, default);
        Assert.Equal(Value, await ValueOfAsync(driver));
        Assert.Empty(Directory.Exists(Path.Join(root.Paths.EtcDir, "secrets")) ? Directory.GetFiles(Path.Join(root.Paths.EtcDir, "secrets")) : []);
        Assert.Equal(0, await root.Start().Capabilities.Find<ISecretListing>()!.CountAsync(default));
    }
}

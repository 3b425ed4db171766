using Vireo.Packaging.ApiXml;

// ApiXml HEADERS OUTPUT: writes OUTPUT/libvirt-api.xml and its three sisters, of the headers in HEADERS.
if (args is not [var headers, var output])
{
    Console.Error.WriteLine("usage: ApiXml HEADERS OUTPUT");
    return 2;
}
string[] own = ["libvirt-qemu", "libvirt-lxc", "libvirt-admin"];
Directory.CreateDirectory(output);
string[] main = [.. Directory.GetFiles(headers, "*.h").Where(file => !own.Contains(Path.GetFileNameWithoutExtension(file)) && Path.GetFileName(file) != "libvirt.h")];
File.WriteAllText(Path.Join(output, "libvirt-api.xml"), ApiDocument.Write("libvirt", main));
foreach (string library in own)
    File.WriteAllText(Path.Join(output, $"{library}-api.xml"), ApiDocument.Write(library, [Path.Join(headers, library + ".h")]));
return 0;

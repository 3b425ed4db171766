// A Go program that calls the C library through cgo, from many threads at once, and survives its own faults. usage: program URI DOCUMENT
package main

/*
#include <stdlib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
extern int toldOfLifecycle(virConnectPtr, virDomainPtr, int, int, void *);
extern void freed(void *);
static void quiet(void *opaque, virErrorPtr error) { }
static void beQuiet(void) { virSetErrorFunc(NULL, quiet); }
static int watch(virConnectPtr conn) {
    return virConnectDomainEventRegisterAny(conn, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK(toldOfLifecycle), NULL, freed);
}
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"strings"
	"sync"
	"unsafe"
)

var told []string

//export toldOfLifecycle
func toldOfLifecycle(conn C.virConnectPtr, domain C.virDomainPtr, event, detail C.int, opaque unsafe.Pointer) C.int {
	told = append(told, fmt.Sprintf("%s:%d:%d", C.GoString(C.virDomainGetName(domain)), event, detail))
	return 0
}

//export freed
func freed(opaque unsafe.Pointer) { told = append(told, "freed") }

func text(from *C.char) string {
	defer C.free(unsafe.Pointer(from))
	return C.GoString(from)
}

// The error of this goroutine's thread: the caller has locked it.
func failure() string {
	e := C.virGetLastError()
	if e == nil {
		return "no error"
	}
	return fmt.Sprintf("%d %d %d %s", e.code, e.domain, e.level, C.GoString(e.message))
}

func open(uri *C.char) C.virConnectPtr {
	conn := C.virConnectOpen(uri)
	if conn == nil {
		fmt.Println("cannot open:", failure())
		os.Exit(1)
	}
	return conn
}

// Work of one of many goroutines, all on one connection; a wrong answer is told.
func busy(conn C.virConnectPtr, number int) (said string) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer func() {
		if r := recover(); r != nil {
			said = fmt.Sprint(said, " recovered ", r)
		}
	}()
	name := C.CString(fmt.Sprint("absent", number))
	defer C.free(unsafe.Pointer(name))
	test := C.CString("test")
	defer C.free(unsafe.Pointer(test))
	for round := 0; round < 20; round++ {
		if C.virDomainLookupByName(conn, name) != nil {
			return "found what is not there"
		}
		if C.virGetLastErrorCode() != C.VIR_ERR_NO_DOMAIN {
			return failure()
		}
		domain := C.virDomainLookupByName(conn, test)
		if domain == nil || C.GoString(C.virDomainGetName(domain)) != "test" {
			return failure()
		}
		document := C.virDomainGetXMLDesc(domain, 0)
		if document == nil || !strings.Contains(text(document), "<name>test</name>") {
			return failure()
		}
		C.virDomainFree(domain)
		if round%5 == 0 {
			runtime.GC()
		}
	}
	said = "well"
	var nothing *int
	*nothing = number
	return said
}

func main() {
	uri := C.CString(os.Args[1])
	document, _ := os.ReadFile(os.Args[2])
	runtime.LockOSThread()
	C.beQuiet()
	C.virEventRegisterDefaultImpl()
	conn := open(uri)
	var version C.ulong
	C.virConnectGetLibVersion(conn, &version)
	var info C.virNodeInfo
	C.virNodeGetInfo(conn, &info)
	fmt.Println("driver", C.GoString(C.virConnectGetType(conn)), version, text(C.virConnectGetHostname(conn)), text(C.virConnectGetURI(conn)))
	fmt.Println("host", C.GoString(&info.model[0]), info.memory, info.cpus, info.mhz, info.nodes, info.sockets, info.cores, info.threads)

	callback := C.watch(conn)
	fmt.Println("watching", callback >= 0)
	xml := C.CString(string(document))
	domain := C.virDomainDefineXML(conn, xml)
	fmt.Println("create", C.virDomainCreate(domain), C.virDomainCreate(domain), failure())
	var domains *C.virDomainPtr
	count := int(C.virConnectListAllDomains(conn, &domains, 0))
	var names []string
	for _, one := range unsafe.Slice(domains, count) {
		names = append(names, C.GoString(C.virDomainGetName(one)))
		C.virDomainFree(one)
	}
	C.free(unsafe.Pointer(domains))
	sort.Strings(names)
	fmt.Println("domains", names)
	var params C.virTypedParameterPtr
	var used, room C.int
	key, value := C.CString("weight"), C.CString("30")
	fmt.Println("typed", C.virTypedParamsAddFromString(&params, &used, &room, key, C.VIR_TYPED_PARAM_UINT, value), used,
		C.virDomainSetSchedulerParameters(domain, params, used))
	C.virTypedParamsFree(params, used)

	answers := make([]string, 64)
	var all sync.WaitGroup
	for i := range answers {
		all.Add(1)
		go func(i int) { defer all.Done(); answers[i] = busy(conn, i) }(i)
	}
	all.Wait()
	sort.Strings(answers)
	fmt.Println(len(answers), answers[0])
	fmt.Println(answers[0] == answers[63])

	fmt.Println("destroy", C.virDomainDestroy(domain), "undefine", C.virDomainUndefine(domain), "free", C.virDomainFree(domain))
	for len(told) == 0 || !strings.HasSuffix(told[len(told)-1], ":1:0") {
		C.virEventRunDefaultImpl()
	}
	fmt.Println("deregister", C.virConnectDomainEventDeregisterAny(conn, callback))
	for told[len(told)-1] != "freed" {
		C.virEventRunDefaultImpl()
	}
	fmt.Println(strings.Join(told, " "))
	fmt.Println("close", C.virConnectClose(conn))
}

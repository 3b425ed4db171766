(* ocaml-libvirt. usage: ocaml URI DOCUMENT *)
open Printf
module C = Libvirt.Connect
module D = Libvirt.Domain
module E = Libvirt.Event
module N = Libvirt.Network
module P = Libvirt.Pool
module V = Libvirt.Volume

let document =
  let file = open_in Sys.argv.(2) in
  let text = really_input_string file (in_channel_length file) in
  close_in file; text

let all array = String.concat " " (Array.to_list array)

let failing what f =
  try f (); printf "%s: no error\n%!" what with
  | Libvirt.Virterror error -> printf "%s: %s\n%!" what (Libvirt.Virterror.to_string error)
  | Libvirt.Not_supported name -> printf "%s: not supported %s\n%!" what name
  | Invalid_argument text -> printf "%s: invalid %s\n%!" what text

let state = function
  | D.InfoNoState -> "none" | D.InfoRunning -> "running" | D.InfoBlocked -> "blocked" | D.InfoPaused -> "paused" | D.InfoShutdown -> "shutdown"
  | D.InfoShutoff -> "off" | D.InfoCrashed -> "crashed" | D.InfoPMSuspended -> "suspended"

let () =
  E.register_default_impl ();
  let conn = C.connect ~name:Sys.argv.(1) () in
  printf "driver %s %d %s %s\n" (C.get_type conn) (C.get_version conn) (C.get_hostname conn) (C.get_uri conn);
  let info = C.get_node_info conn in
  printf "host %s %Ld %d %d %d %d %d %d, %d\n" info.C.model info.C.memory info.C.cpus info.C.mhz info.C.nodes info.C.sockets info.C.cores info.C.threads
    (C.maxcpus_of_node_info info);
  printf "vcpus %d capabilities %d\n" (C.get_max_vcpus conn ()) (String.length (C.get_capabilities conn));
  printf "domains %d %d [%s]\n" (C.num_of_domains conn) (C.num_of_defined_domains conn) (all (C.list_defined_domains conn 10));
  printf "networks [%s] [%s] pools [%s] [%s]\n" (all (C.list_networks conn 10)) (all (C.list_defined_networks conn 10)) (all (C.list_pools conn 10))
    (all (C.list_defined_pools conn 10));
  failing "secrets" (fun () -> printf "%d " (C.num_of_secrets conn));
  failing "free memory" (fun () -> ignore (C.node_get_free_memory conn));
  failing "cells" (fun () -> Array.iter (printf "%Ld ") (C.node_get_cells_free_memory conn 0 2));
  failing "keepalive" (fun () -> C.set_keep_alive conn 5 3);
  failing "domain capabilities" (fun () -> ignore ((C.get_domain_capabilities ?emulatorbin:None ?arch:None ?machine:None ?virttype:None conn : string)));

  let seen = ref [] and ended = ref false in
  let note domain text = seen := (D.get_name domain ^ ": " ^ text) :: !seen in
  let id = E.register_any conn (E.Lifecycle (fun domain event ->
    note domain (E.Lifecycle.to_string event);
    match event with `Undefined _ -> ended := true | _ -> ())) in
  let other = E.register_any conn (E.Reboot (fun domain () -> note domain "reboot")) in
  let domain = D.define_xml conn document in
  printf "defined %s %s %s autostart %b\n" (D.get_name domain) (D.get_uuid_string domain) (D.get_os_type domain) (D.get_autostart domain);
  D.create domain;
  let now = D.get_info domain in
  printf "started %s %Ld %Ld %d\n" (state now.D.state) now.D.max_mem now.D.memory now.D.nr_virt_cpu;
  print_string (D.get_xml_desc_flags domain [D.XmlInactive]);
  let kind, count = D.get_scheduler_type domain in
  printf "scheduler %s %d" kind count;
  Array.iter (fun (name, value) -> printf " %s=%s" name (match value with
    | D.SchedFieldInt32 n | D.SchedFieldUInt32 n -> Int32.to_string n | D.SchedFieldInt64 n | D.SchedFieldUInt64 n -> Int64.to_string n
    | D.SchedFieldFloat f -> string_of_float f | D.SchedFieldBool b -> string_of_bool b)) (D.get_scheduler_parameters domain 1);
  print_newline ();
  failing "weight" (fun () -> D.set_scheduler_parameters domain [| "weight", D.SchedFieldUInt32 30l |]);
  let count, vcpus, maps = D.get_vcpus domain 4 (C.cpumaplen 16) in
  printf "vcpus %d %d" count (String.length maps);
  Array.iter (fun vcpu -> printf " %d:%d" vcpu.D.number vcpu.D.cpu) vcpus;
  print_newline ();
  failing "pin" (fun () -> D.pin_vcpu domain 99 "\001");
  failing "memory" (fun () -> D.set_memory domain 4096L);
  failing "maximum" (fun () -> D.set_max_memory domain 1L; printf "%Ld " (D.get_max_memory domain));
  failing "cpu statistics" (fun () -> Array.iter (List.iter (fun (name, _) -> printf "%s " name)) (D.get_cpu_stats domain));
  failing "block" (fun () -> ignore (D.block_stats domain "hda"));
  failing "interface" (fun () -> ignore (D.interface_stats domain "nonesuch"));
  failing "peek" (fun () -> D.memory_peek domain [D.Virtual] 0L 8 (Bytes.to_string (Bytes.create 8)) 0);
  D.suspend domain;
  printf "suspended %s\n" (state (D.get_info domain).D.state);
  D.resume domain;
  failing "reboot" (fun () -> D.reboot domain);
  printf "all [%s]\n" (String.concat " " (List.sort compare (List.map D.get_name (D.get_domains conn [D.ListAll]))));
  failing "absent" (fun () -> ignore (D.lookup_by_name conn "absent"));
  failing "absent id" (fun () -> ignore (D.lookup_by_id conn 9999));
  failing "absent uuid" (fun () -> ignore (D.lookup_by_uuid_string conn "00000000-0000-0000-0000-000000000001"));
  failing "no uuid" (fun () -> ignore (D.lookup_by_uuid_string conn "x"));
  failing "no document" (fun () -> ignore (D.define_xml conn "<foo/>"));

  let network = N.lookup_by_name conn "default" in
  printf "network %s %s %b\n%s" (N.get_name network) (N.get_bridge_name network) (N.get_autostart network) (N.get_xml_desc network);
  failing "network" (fun () -> N.create network);
  let pool = P.lookup_by_name (C.connect_readonly ~name:Sys.argv.(1) ()) "default-pool" in
  let room = P.get_info pool in
  printf "pool %s %Ld %Ld %Ld [%s]\n" (P.get_name pool) room.P.capacity room.P.allocation room.P.available (all (P.list_volumes pool 10));
  failing "volume" (fun () -> ignore (V.lookup_by_name pool "absent"));

  D.destroy domain;       (* and its handle *)
  failing "destroyed" (fun () -> ignore (D.get_name domain));
  let domain = D.lookup_by_name conn "matrix" in
  D.undefine domain;
  while not !ended do E.run_default_impl () done;
  List.iter print_endline (List.rev !seen);
  E.deregister_any conn other;
  E.deregister_any conn id;
  D.free domain;
  failing "freed" (fun () -> ignore (D.get_name domain));
  C.close conn;
  failing "closed" (fun () -> ignore (C.get_hostname conn))

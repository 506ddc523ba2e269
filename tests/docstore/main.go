// Command docstore serves MongoDB's wire protocol on a directory of SQLite files, for tests of the mongoose store.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: docstore HOST:PORT DIRECTORY")
	}
	config := &ferretdb.Config{Handler: "sqlite", SQLiteURL: "file:" + os.Args[2] + "/"}
	config.Listener.TCP = os.Args[1]
	server, err := ferretdb.New(config)
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	fmt.Println(server.MongoDBURI())
	if err := server.Run(ctx); err != nil {
		log.Fatal(err)
	}
}
